/** The two short notations for fee lines, which rules/ADDING.md explains: `days` of a stay, and `lines` one by one. */
import { DAY, dayOf, formatDate, formatTime, type Millis, parseMoment, startOfDay } from '../../core/time.ts'

/** A line as the interface writes it. */
export type RawLine = Record<string, string>

/** A price no test cares about. */
const USUAL_PRICE = '100.00'

function moment (text: string): Millis {
  const parsed = parseMoment(text)
  if (parsed === null) throw new Error(`"${text}" is not a date or time`)
  return parsed.at
}

function line (sn: string, at: string, codg: string, type: string, cnt: string, pric: string): RawLine {
  return {
    feedetl_sn: sn,
    fee_ocur_time: at,
    med_list_codg: codg,
    medins_list_codg: `Y${codg.slice(-6)}`,
    list_type: type === '09' ? '101' : '201',
    med_chrgitm_type: type,
    chrgitm_lv: '01',
    cnt,
    pric,
    det_item_fee_sumamt: amount(cnt, pric),
    bilg_dept_codg: 'A03',
    bilg_dr_codg: 'D341702000123',
    etip_flag: '0',
    trdn_flag: '0'
  }
}

/** cnt × pric rounded to 分; the tables' numbers are small enough for a float. */
function amount (cnt: string, pric: string): string {
  return (Math.round(Number(cnt) * Number(pric) * 100) / 100).toFixed(2)
}

/** Treatment every day from admission to discharge, the money spread evenly: a stay that no bed rule minds. */
export function usualDays (from: Millis, to: Millis, total: number | null): RawLine[] {
  const first = dayOf(from)
  const count = dayOf(to) - first + 1
  const sum = total ?? count * 30000
  const each = Math.floor(sum / count)
  return Array.from({ length: count }, (_, i) => {
    const at = Math.min(to, Math.max(from, startOfDay(first + i) + 10 * 3_600_000))
    const price = (i === count - 1 ? sum - each * (count - 1) : each) / 100
    return line(serial(first + i, '05', 0), formatTime(at), '003104000010000', '05', '1', price.toFixed(2))
  })
}

/** feedetl_sn of a stay's line: the same day and charge type give the same number in 2301 and in the settlement. */
function serial (day: number, type: string, n: number): string {
  return `${formatDate(startOfDay(day)).replaceAll('-', '')}${type}${String(n).padStart(2, '0')}`
}

/**
 * Reads `days`: parts separated by ';', each a date or range (yyyy-MM-dd or MM-dd), then charge types joined by '+',
 * then any of `@HH:mm,HH:mm` or `@date`, `=price`, `etip`. `none` means no lines.
 * @param admission gives the year of dates without one
 */
export function stayLines (text: string, admission: Millis): RawLine[] {
  if (text === 'none') return []
  return text.split(';').map(part => part.trim()).flatMap(part => dayPart(part, admission))
}

function dayPart (part: string, admission: Millis): RawLine[] {
  const [range = '', types = '', ...rest] = part.split(/\s+/)
  const [from = '', to = from] = range.split('..')
  const hours = rest.find(each => each.startsWith('@'))?.slice(1) ?? '10:00'
  const price = rest.find(each => each.startsWith('='))?.slice(1) ?? USUAL_PRICE
  const lines: RawLine[] = []
  for (let day = dayIn(from, admission); day <= dayIn(to, admission); day++) {
    for (const type of types.split('+')) {
      if (!/^\d\d$/.test(type)) throw new Error(`"${part}": "${type}" is not a charge type`)
      hours.split(',').forEach((hour, n) => {
        const date = formatDate(startOfDay(day))
        const when = hour === 'date' ? date : `${date} ${hour}:00`
        const made = line(serial(day, type, n), when, `0031${type}000010000`, type, '1', price)
        lines.push(rest.includes('etip') ? { ...made, etip_flag: '1', etip_hosp_code: 'H34170200077' } : made)
      })
    }
  }
  return lines
}

/** A date without a year lies in the admission's year, or in the next when it would be more than half a year before it. */
function dayIn (text: string, admission: Millis): number {
  if (text.length > 5) return dayOf(moment(text))
  const year = Number(formatDate(admission).slice(0, 4))
  const same = dayOf(moment(`${year}-${text}`))
  return same < dayOf(admission) - 180 ? dayOf(moment(`${year + 1}-${text}`)) : same
}

/**
 * Reads `lines`: parts separated by ';', each of `yyyy-MM-dd[ HH:mm]` (default: the settlement's time), med_list_codg,
 * `cnt x pric`, `=amount`, `#feedetl_sn`, `refunds#feedetl_sn`, `field=value`; after the time in any order.
 */
export function claimLines (text: string, settled: string): RawLine[] {
  if (text === 'none') return []
  return text.split(';').map(part => part.trim()).filter(part => part !== '').map((part, i) => {
    const when = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?/.exec(part)?.[0] ?? ''
    const made = line(String(i + 1), when === '' ? settled : full(when), 'XC08CAA259A001010102180', '09', '1', USUAL_PRICE)
    let priced = ''
    for (const token of part.slice(when.length).trim().split(/\s+/)) {
      if (token === '') continue
      const product = /^(-?[\d.]+)x([\d.]+)$/.exec(token)
      const field = /^([a-z_0-9]+)=(.*)$/.exec(token)
      if (product !== null) {
        const [, cnt = '', pric = ''] = product
        Object.assign(made, { cnt, pric, det_item_fee_sumamt: amount(cnt, pric) })
      } else if (field !== null) made[field[1]!] = field[2]!
      else if (token.startsWith('=')) priced = token.slice(1)
      else if (token.startsWith('#')) made.feedetl_sn = token.slice(1)
      else if (token.startsWith('refunds#')) made.init_feedetl_sn = token.slice('refunds#'.length)
      else made.med_list_codg = token
    }
    if (priced !== '') made.det_item_fee_sumamt = priced
    return made
  })
}

function full (when: string): string {
  return when.length === 16 ? `${when}:00` : when
}

/** A lone line that carries the whole amount of an outpatient claim. */
export function singleLine (settled: string, total: number): RawLine[] {
  return [line('1', settled, 'XC08CAA259A001010102180', '09', '1', (total / 100).toFixed(2))]
}

/** Moves every full date inside a text on by whole milliseconds, keeping its form. */
export function moveMoments (text: string, by: Millis): string {
  return text.replace(/\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?/g, found => {
    const length = found.length
    if (length === 10 && by % DAY !== 0) throw new Error(`"${found}" has no time of day, so it moves by whole days only`)
    return formatTime(moment(found) + by).slice(0, length)
  })
}
