/** Dated master data for the oracle: at a date the row with the greatest inf_time among those valid then. */
import { numberOrNull, scaledBy, text, when } from './read.ts'
import type { Raw } from './read.ts'

export interface Place {
  admdvs: string, hosp_lv: string, lng: number | null, lat: number | null, state: string, uscc: string, beds: number | null
}
export interface Item { name: string, gend: string, ageMin: number | null, ageMax: number | null, limit: number }
export interface Peer { dayCost: number, sample: number }

export interface Reference {
  place: (fix: string, at: number) => Place | null
  item: (code: string, at: number) => Item | null
  peer: (level: string, dept: string, disease: string, at: number) => Peer | null
  /** The medicine that a trace code's first seven characters name, '' when not known. */
  product: (scanned: string, at: number) => string
}

export function referenceFrom (records: readonly Raw[]): Reference {
  const byKey = new Map<string, Raw[]>()
  for (const raw of records) {
    const key = keyOf(raw)
    if (key !== '') byKey.set(key, [...byKey.get(key) ?? [], raw])
  }
  const at = (key: string, moment: number): Raw | null => {
    const valid = (byKey.get(key) ?? []).filter(raw => {
      const to = when(raw, 'valid_to')
      return (when(raw, 'valid_from')?.at ?? -Infinity) <= moment && (to === null || moment < to.at)
    })
    return valid.sort((a, b) => sent(b) - sent(a))[0] ?? null
  }
  return {
    place (fix, moment) {
      const raw = at(`institution|${fix}`, moment)
      if (raw === null) return null
      const state = text(raw, 'fix_onln_open_flag')
      return {
        admdvs: text(raw, 'admdvs'), hosp_lv: text(raw, 'hosp_lv'), lng: numberOrNull(raw, 'lng'), lat: numberOrNull(raw, 'lat'),
        state, uscc: text(raw, 'uscc'), beds: numberOrNull(raw, 'aprv_bed_cnt')
      }
    },
    item (code, moment) {
      const raw = at(`catalogue|${code}`, moment)
      if (raw === null) return null
      const [ageMin, ageMax] = [numberOrNull(raw, 'age_min'), numberOrNull(raw, 'age_max')]
      return { name: text(raw, 'name'), gend: text(raw, 'gend_limit'), ageMin, ageMax, limit: scaledBy(raw, 'pric_uplmt_amt', 6) }
    },
    peer (level, dept, disease, moment) {
      const raw = at(`peer_median|${level}|${dept}|${disease}`, moment)
      return raw === null ? null : { dayCost: Math.round(Number(text(raw, 'day_cost')) * 100), sample: Number(text(raw, 'sample')) }
    },
    product (scanned, moment) {
      const raw = scanned.length === 20 ? at(`trace_prefix|${scanned.slice(0, 7)}`, moment) : null
      return raw === null ? '' : text(raw, 'med_list_codg')
    }
  }
}

function keyOf (raw: Raw): string {
  switch (text(raw, 'type')) {
    case 'institution': return `institution|${text(raw, 'fixmedins_code')}`
    case 'catalogue': return `catalogue|${text(raw, 'med_list_codg')}`
    case 'trace_prefix': return `trace_prefix|${text(raw, 'prefix')}`
    case 'peer_median': return `peer_median|${text(raw, 'hosp_lv')}|${text(raw, 'dept_codg')}|${text(raw, 'diag_group')}`
  }
  return ''
}

function sent (raw: Raw): number {
  return when(raw, 'inf_time')?.at ?? 0
}
