/** A person as the oracle sees one: stays put together, visits, and the death, from everything ever received about them. */
import { dayLines, newest, settled, stayRecord } from './claims.ts'
import type { DayLines, Diagnosed, FeeLine, Settled, StayFacts, StayRecord } from './claims.ts'
import { node, text, when } from './read.ts'
import type { Raw, When } from './read.ts'

export interface Day { day: number, first: number, last: number, substantive: boolean, external: boolean, dateOnly: boolean }

export interface Stay {
  fix: string
  mdtrt_id: string
  area: string
  adm: When
  dscg: When | null
  med_type: string
  adm_way: string
  dscg_way: string
  ipt_med_type: string
  adm_dept: string
  dscg_dept: string
  disease: string
  main_diag: string
  groups: Set<string>
  planned: boolean
  newborn: boolean
  settlements: Settled[]
  days: Day[]
  hasLines: boolean
}

export interface Visit {
  claim: Settled
  fix: string
  setl_id: string
  area: string
  time: When
  pharmacy: boolean
  inPerson: boolean
  retroactive: boolean
  service: When
  med_type: string
  groups: Set<string>
  external: boolean
}

export interface Person { psn_no: string, stays: Stay[], visits: Visit[], settlements: Settled[], died: When | null }

/** Builds one person from all records that name them. */
export function personFrom (psn_no: string, records: readonly Raw[]): Person {
  const of = (...kinds: string[]): Raw[] => records.filter(raw => kinds.includes(text(raw, 'infno')))
  const voided = new Set(of('2103', '2208', '2305').map(settlementId))
  const settlements = newest(of('2102', '2207', '2304'), settlementId)
    .filter(raw => !voided.has(settlementId(raw))).map(settled)
  const facts = newest(of('2401', '2402', '4101'),
    raw => [text(raw, 'infno'), text(raw, 'fixmedins_code'), stayRecord(raw).mdtrt_id].join('|')).map(stayRecord)
  const lines = of('2301').map(dayLines)
  const death = newest(records.filter(raw => text(raw, 'type') === 'death'), () => 'death')[0]
  return {
    psn_no,
    stays: staysOf(settlements.filter(one => one.infno === '2304'), facts, lines),
    visits: settlements.filter(one => one.infno !== '2304').map(visitOf).sort(byTime),
    settlements,
    died: death === undefined || text(death, 'vali_flag') === '0' ? null : when(death, 'die_date')
  }
}

export function settlementId (raw: Raw): string {
  return `${text(raw, 'fixmedins_code')}|${text(node(raw, 'setlinfo'), 'setl_id')}`
}

function byTime (a: Visit, b: Visit): number {
  return a.time.at - b.time.at || compareText(a.fix, b.fix) || compareText(a.setl_id, b.setl_id)
}

/** Canonical order of stays: admission, then institution, then mdtrt_id. */
export function byAdmission (a: Stay, b: Stay): number {
  return a.adm.at - b.adm.at || compareText(a.fix, b.fix) || compareText(a.mdtrt_id, b.mdtrt_id)
}

export function compareText (a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function visitOf (claim: Settled): Visit {
  const earliest = [...claim.lines].sort((a, b) => a.time.at - b.time.at)[0]
  const service = earliest === undefined ? claim.time : earliest.time
  return {
    claim,
    fix: claim.fix,
    setl_id: claim.setl_id,
    area: claim.area,
    time: claim.time,
    pharmacy: claim.infno === '2102',
    inPerson: ['', '1', '2', '3', '4'].includes(claim.pay_loc),
    retroactive: claim.lines.length > 0 && claim.lines.every(line => line.time.day !== claim.time.day),
    service,
    med_type: claim.med_type,
    groups: diagnosisGroups(claim.diagnoses),
    external: claim.lines.some(line => line.external)
  }
}

/** Of several diagnoses marked as main, the first by number, then by code. */
export function mainOf (diagnoses: readonly Diagnosed[]): string {
  return diagnoses.filter(one => one.main).sort((a, b) => a.number - b.number || compareText(a.code, b.code))[0]?.code ?? ''
}

const GROUPS: Array<[string, RegExp]> = [
  ['tumour_therapy', /^Z51/], ['dialysis', /^(Z49|N18)/], ['tumour', /^(C|D0|D3[7-9]|D4[0-8])/],
  ['obstetric', /^(O|Z3[3-9])/], ['psychiatric', /^F/], ['rehabilitation', /^Z50/]
]

export function diagnosisGroups (diagnoses: readonly Diagnosed[]): Set<string> {
  return new Set(GROUPS.filter(([, codes]) => diagnoses.some(one => codes.test(one.code))).map(([name]) => name))
}

function staysOf (settlements: readonly Settled[], facts: readonly StayRecord[], lines: readonly DayLines[]): Stay[] {
  const keys = new Set([...settlements, ...facts, ...lines].map(one => `${one.fix}|${one.mdtrt_id}`))
  const stays: Stay[] = []
  for (const key of keys) {
    const mine = (one: { fix: string, mdtrt_id: string }): boolean => `${one.fix}|${one.mdtrt_id}` === key
    const stay = stayOf(settlements.filter(mine), facts.filter(mine), lines.filter(mine))
    if (stay !== null) stays.push(stay)
  }
  return stays.sort(byAdmission)
}

/**
 * One stay; null while its admission is unknown. Who is believed, first non-empty: settlements (the latest first), list, admission,
 * discharge. A settlement without times means its begndate and enddate; one in mid-stay knows of no discharge.
 */
function stayOf (settlements: Settled[], records: readonly StayRecord[], lines: readonly DayLines[]): Stay | null {
  const latest = [...settlements].sort((a, b) => b.time.at - a.time.at || compareText(b.setl_id, a.setl_id))
  const [lists, admissions, discharges] = ['4101', '2401', '2402']
    .map(infno => records.filter(one => one.infno === infno)) as [StayRecord[], StayRecord[], StayRecord[]]
  const final = latest.filter(one => !one.mid)
  const adm = firstOf([...latest.map(one => one.stay!.adm ?? one.begin), ...[...lists, ...admissions].map(one => one.facts.adm)])
  if (adm === null) return null
  const told = [...latest, ...lists, ...admissions, ...discharges]
  const every = told.map(one => 'facts' in one ? one.facts : one.stay!)
  const ofDischarge = [...final.map(one => one.stay!), ...[...lists, ...discharges].map(one => one.facts)]
  const diagnoses = told.map(one => one.diagnoses).find(some => some.length > 0) ?? []
  const { fix, mdtrt_id, area } = told[0]!
  return {
    fix,
    mdtrt_id,
    area,
    adm,
    dscg: firstOf([...final.map(one => one.stay!.dscg ?? one.end), ...[...lists, ...discharges].map(one => one.facts.dscg)]),
    med_type: latest.map(one => one.med_type).find(value => value !== '') ?? wordOf(every, 'med_type'),
    adm_way: wordOf(every, 'adm_way'),
    adm_dept: wordOf(every, 'adm_dept'),
    dscg_way: wordOf(ofDischarge, 'dscg_way'),
    dscg_dept: wordOf(ofDischarge, 'dscg_dept'),
    ipt_med_type: wordOf(every, 'ipt_med_type'),
    disease: wordOf(every, 'disease'),
    main_diag: mainOf(diagnoses),
    groups: diagnosisGroups(diagnoses),
    planned: every.some(one => one.planned) && every.some(one => one.planned_purpose !== ''),
    newborn: every.some(one => one.newborn),
    settlements: [...latest].reverse(),
    days: daysOf(settlements, lines),
    hasLines: [...settlements, ...lines].some(one => one.lines.length > 0)
  }
}

function wordOf (
  facts: readonly StayFacts[], name: 'adm_way' | 'dscg_way' | 'ipt_med_type' | 'adm_dept' | 'dscg_dept' | 'disease' | 'med_type'
): string {
  return facts.map(one => one[name]).find(value => value !== '') ?? ''
}

function firstOf (moments: ReadonlyArray<When | null>): When | null {
  return moments.find(moment => moment !== null) ?? null
}

/** Days with fees: settled days as the settlements tell them (refunded lines left out), the days after as 2301 does. */
function daysOf (settlements: readonly Settled[], daily: readonly DayLines[]): Day[] {
  const settledUntil = Math.max(-Infinity, ...settlements.map(lastSettledDay))
  const lines = [
    ...settlements.flatMap(one => performed(one.lines)),
    ...daily.flatMap(one => performed(one.lines)).filter(line => line.time.day > settledUntil)
  ]
  const days = [...new Set(lines.map(line => line.time.day))].sort((a, b) => a - b)
  return days.map(day => dayFrom(day, lines.filter(line => line.time.day === day)))
}

/** The last day a settlement settles: of its enddate and its discharge the later one; without both the day of settling. */
function lastSettledDay (one: Settled): number {
  const ends = [one.end, one.mid ? null : one.stay!.dscg].filter(end => end !== null).map(end => end.day)
  return ends.length === 0 ? one.time.day : Math.max(...ends)
}

/** Lines of one record of which something is left after the record's own refunds. */
function performed (lines: readonly FeeLine[]): FeeLine[] {
  return lines.filter(line => line.refunds === '' && netCount(lines, line) > 0)
}

/** Quantity left of a line after its refunds within the claim. */
export function netCount (lines: readonly FeeLine[], line: FeeLine): number {
  const original = line.refunds || line.sn
  return lines.filter(one => one.sn === original || one.refunds === original).reduce((sum, one) => sum + one.cnt, 0)
}

function dayFrom (day: number, lines: readonly FeeLine[]): Day {
  const times = lines.map(line => line.time.at)
  return {
    day,
    first: Math.min(...times),
    last: Math.max(...times),
    substantive: lines.some(line => !['01', '02', '07'].includes(line.charge)),
    external: lines.some(line => line.external),
    dateOnly: lines.some(line => line.time.dateOnly)
  }
}
