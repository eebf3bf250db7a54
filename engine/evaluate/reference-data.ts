/** Dated reference data of one lane: institutions, catalogue and peer medians, read by rules at a date of service. */
import { compareVersions } from '../core/claim.ts'
import type { MasterData, MasterType } from '../core/claim.ts'
import type { CatalogueItem, Institution, PeerMedian, Reference } from '../core/masterdata.ts'
import type { Millis } from '../core/time.ts'

interface Dated<T> { readonly from: Millis, readonly to: Millis, readonly master: MasterData, readonly value: T }

/** 'changed': a row that rules may have read says something else now, so what it touched is to be judged again. */
export type Learned = 'added' | 'changed' | 'superseded' | 'duplicate' | 'unused'

/** Rows of one type by key; of those valid at a moment the one of the greatest version (inf_time) speaks. */
class Shelf<T> {
  readonly #rows = new Map<string, Array<Dated<T>>>()
  readonly #read: (fields: MasterData['fields']) => T

  constructor (read: (fields: MasterData['fields']) => T) {
    this.#read = read
  }

  get size (): number { return this.#rows.size }

  learn (master: MasterData): Learned {
    const row = { from: master.valid_from, to: master.valid_to ?? Infinity, master, value: this.#read(master.fields) }
    const rows = this.#rows.get(master.key)
    if (rows === undefined) {
      this.#rows.set(master.key, [row])
      return 'added'
    }
    const same = rows.findIndex(other => other.from === row.from)
    if (same < 0) {
      rows.push(row)
      // Latest first, so that at() may stop at the first row that holds.
      rows.sort((a, b) => compareVersions(b.master.version, a.master.version))
      return rows.some(other => other !== row && other.from < row.to && row.from < other.to) ? 'changed' : 'added'
    }
    const order = compareVersions(master.version, rows[same]!.master.version)
    if (order <= 0) return order === 0 ? 'duplicate' : 'superseded'
    rows[same] = row
    rows.sort((a, b) => compareVersions(b.master.version, a.master.version))
    return 'changed'
  }

  at (key: string, at: Millis): T | null {
    const rows = this.#rows.get(key)
    if (rows === undefined) return null
    for (const row of rows) if (row.from <= at && at < row.to) return row.value
    return null
  }
}

export class ReferenceData implements Reference {
  readonly #institutions = new Shelf(readInstitution)
  readonly #catalogue = new Shelf(readCatalogueItem)
  readonly #peerMedians = new Shelf(readPeerMedian)

  /** Rows of types that no rule reads are 'unused': they live in the store only. */
  learn (master: MasterData): Learned {
    return this.#shelfOf(master.type)?.learn(master) ?? 'unused'
  }

  institution (fixmedins_code: string, at: Millis): Institution | null {
    return this.#institutions.at(fixmedins_code, at)
  }

  catalogue (med_list_codg: string, at: Millis): CatalogueItem | null {
    return this.#catalogue.at(med_list_codg, at)
  }

  peerMedian (hosp_lv: string, dept_codg: string, diag_group: string, at: Millis): PeerMedian | null {
    return this.#peerMedians.at(`${hosp_lv}/${dept_codg}/${diag_group}`, at)
  }

  /** Keys known, over all types. */
  get size (): number {
    return this.#institutions.size + this.#catalogue.size + this.#peerMedians.size
  }

  #shelfOf (type: MasterType): { learn: (master: MasterData) => Learned } | null {
    switch (type) {
      case 'institution': return this.#institutions
      case 'catalogue': return this.#catalogue
      case 'peer_median': return this.#peerMedians
      default: return null
    }
  }
}

type Field = MasterData['fields'][string] | undefined

function text (value: Field): string {
  return typeof value === 'string' ? value : ''
}

function number (value: Field): number | null {
  return typeof value === 'number' ? value : null
}

function readInstitution (fields: MasterData['fields']): Institution {
  return {
    fixmedins_code: text(fields['fixmedins_code']),
    fixmedins_name: text(fields['fixmedins_name']),
    uscc: text(fields['uscc']),
    fixmedins_type: text(fields['fixmedins_type']),
    hosp_lv: text(fields['hosp_lv']),
    admdvs: text(fields['admdvs']),
    aprv_bed_cnt: number(fields['aprv_bed_cnt']),
    lng: number(fields['lng']),
    lat: number(fields['lat']),
    fix_onln_open_flag: text(fields['fix_onln_open_flag'])
  }
}

function readCatalogueItem (fields: MasterData['fields']): CatalogueItem {
  return {
    med_list_codg: text(fields['med_list_codg']),
    name: text(fields['name']),
    list_type: text(fields['list_type']),
    chrgitm_lv: text(fields['chrgitm_lv']),
    gend_limit: text(fields['gend_limit']),
    age_min: number(fields['age_min']),
    age_max: number(fields['age_max']),
    pric_uplmt_amt: number(fields['pric_uplmt_amt'])
  }
}

function readPeerMedian (fields: MasterData['fields']): PeerMedian {
  return {
    hosp_lv: text(fields['hosp_lv']),
    dept_codg: text(fields['dept_codg']),
    diag_group: text(fields['diag_group']),
    day_cost: number(fields['day_cost']) ?? 0,
    sample: number(fields['sample']) ?? 0
  }
}
