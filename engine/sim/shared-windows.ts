/** Windows of shared subjects made from plain claims, as the store makes them from its rows. */
import type { Reversal, Settlement, StockMovement } from '../core/claim.ts'
import { compareVersions } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import type { FlagRow } from '../core/flag.ts'
import { groupBy } from '../core/group-by.ts'
import type { SharedRule } from '../core/rule.ts'
import type { Movement, SharedSettlement } from '../core/shared.ts'
import { dayOf } from '../core/time.ts'
import type { SharedSubject, Shown, StoredSubject } from '../evaluate/shared-rules.ts'
import { BATCH, identityKey, itemsIn } from '../evaluate/sightings.ts'
import { stockRowId } from '../store/stock-row.ts'
import { compareText } from './oracle/person.ts'
import type { Sent } from './virtual-lane.ts'

/** What a settlement shows of shared subjects, by the rules. */
export type ShownBy = (claim: Settlement) => readonly Shown[]

/** Of each settlement of a person the newest version, unless a reversal of that person voids it. */
export function standingSettlements (claims: readonly (Settlement | Reversal)[]): Settlement[] {
  const voided = new Set(claims.flatMap(claim => claim.kind === 'reversal' ? [`${claim.psn_no} ${identityKey(claim.fixmedins_code, claim.setl_id)}`] : []))
  const newest = new Map<string, Settlement>()
  for (const claim of claims) {
    if (claim.kind !== 'settlement') continue
    const key = `${claim.setlinfo.psn_no} ${identityKey(claim.fixmedins_code, claim.setlinfo.setl_id)}`
    const known = newest.get(key)
    if (!voided.has(key) && (known === undefined || compareVersions(claim.version, known.version) > 0)) newest.set(key, claim)
  }
  return [...newest.values()]
}

/** What a subject's window is made from. */
export interface Plain {
  /** By standingSettlements(). */
  readonly standing: readonly Settlement[]
  /** Every stock record there is, deletions too. */
  readonly stock: readonly StockMovement[]
  readonly flags: Iterable<FlagRow>
  readonly shownBy: ShownBy
}

export function storedSubject ({ rule_id, subject }: SharedSubject, rule: SharedRule, { standing, stock, flags, shownBy }: Plain): StoredSubject {
  const shown = standing.flatMap(claim => {
    const found = shownBy(claim).find(one => one.rule_id === rule_id && one.sighting.subject === subject)
    return found === undefined ? [] : [{ settlement: sharedSettlement(claim, found), weight: found.sighting.weight ?? 1 }]
  })
  const settlements = shown.map(one => one.settlement)
  settlements.sort((a, b) => a.at - b.at || compareText(a.fixmedins_code, b.fixmedins_code) || compareText(a.setl_id, b.setl_id))
  const days = [...groupBy(shown, ({ settlement }) => dayOf(settlement.at))].sort(([a], [b]) => a - b)
    .map(([day, own]) => ({ day, settlements: own.length, weight: own.reduce((sum, { weight }) => sum + weight, 0) }))
  const window = {
    subject,
    settlements: rule.ofDay === undefined ? settlements : settlements.filter(one => weightiest(one, shown, rule.ofDay!)),
    days: rule.ofDay === undefined ? [] : days,
    movements: rule.of === 'item' ? movementsOf(subject, stock) : []
  }
  const own = [...flags].filter(flag => flag.subject_kind !== 'person' && flag.rule_id === rule_id && flag.subject === subject)
  return { rule_id, subject, window, flags: own }
}

interface Weighed { readonly settlement: SharedSettlement, readonly weight: number }

/** Whether it is among the weightiest of its day. */
function weightiest (one: SharedSettlement, shown: readonly Weighed[], ofDay: number): boolean {
  const sameDay = shown.filter(({ settlement }) => dayOf(settlement.at) === dayOf(one.at))
  sameDay.sort((a, b) => b.weight - a.weight || compareText(a.settlement.fixmedins_code, b.settlement.fixmedins_code) ||
    compareText(a.settlement.setl_id, b.settlement.setl_id))
  return sameDay.slice(0, ofDay).some(({ settlement }) => settlement === one)
}

/** What of stock records 3507 deletes. */
const DELETED: Readonly<Record<string, string>> = { 3501: '1', 3502: '2', 3503: '3', 3504: '3', 3505: '4', 3506: '4' }

function movementsOf (subject: string, stock: readonly StockMovement[]): Movement[] {
  const newest = new Map<string, StockMovement>()
  for (const one of stock) {
    const key = [one.infno, one.fixmedins_code, one.fixmedins_bchno, one.fixmedins_hilist_id, stockRowId(one)].join(' ')
    const known = newest.get(key)
    if (known === undefined || compareVersions(one.version, known.version) >= 0) newest.set(key, one)
  }
  const isDeleted = (one: StockMovement): boolean => [...newest.values()].some(other => other.infno === '3507' &&
    other.fixmedins_code === one.fixmedins_code && other.fixmedins_bchno === one.fixmedins_bchno &&
    other.inv_data_type === DELETED[one.infno] && compareVersions(other.version, one.version) > 0)
  return [...newest.values()].filter(one => one.infno !== '3507' && itemsIn(one).includes(subject) && !isDeleted(one))
    .sort((a, b) => a.at - b.at || compareText(a.infno, b.infno) || compareText(a.fixmedins_bchno, b.fixmedins_bchno)).map(movement)
}

function movement (one: StockMovement): Movement {
  const {
    infno, fixmedins_bchno, fixmedins_hilist_id, med_list_codg, at, until, cnt, inv_chg_type, spler_name, prod_geay_flag, trdn_flag, setl_id
  } = one
  return {
    infno, fixmedins_bchno, fixmedins_hilist_id, med_list_codg, at, until, cnt, inv_chg_type, spler_name, prod_geay_flag, trdn_flag, setl_id
  }
}

function sharedSettlement (claim: Settlement, { sighting }: Shown): SharedSettlement {
  const { setl_id, mdtrt_id, psn_no, setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay } = claim.setlinfo
  const { fixmedins_code, insuplc_admdvs } = claim
  return {
    fixmedins_code, setl_id, mdtrt_id, psn_no, insuplc_admdvs, at: eventTimeOf(claim), setl_time,
    medfee_sumamt, fund_pay_sumamt, acct_pay, facts: sighting.facts
  }
}

/** Shared subjects that versions of settlements show, flagged or not: without one a rule may say something else of the others. */
export function shownIn (versions: ReadonlyArray<Sent['claim']>, shownBy: ShownBy): SharedSubject[] {
  const shown = versions.flatMap(claim => claim?.kind === 'settlement' ? shownBy(claim) : [])
  return shown.map(({ rule_id, sighting }) => ({ rule_id, subject: sighting.subject }))
}

/** Shared subjects that are one of the items, or have a stock record of one of the batches; by the rules about items. */
export function ofItems (items: readonly string[], stock: readonly StockMovement[], rule_ids: readonly string[]): SharedSubject[] {
  const ofBatch = (item: string): string[] =>
    stock.filter(one => `${one.fixmedins_code}${BATCH}${one.fixmedins_bchno}` === item && one.infno !== '3507').flatMap(itemsIn)
  const subjects = new Set(items.flatMap(item => item.includes(BATCH) ? ofBatch(item) : [item]))
  return rule_ids.flatMap(rule_id => [...subjects].map(subject => ({ rule_id, subject })))
}

/** Shared subjects that settlements show, of rules that ask reference data about institutions. */
export function asking (claims: readonly Claimed[], shownBy: ShownBy, rules: ReadonlyMap<string, SharedRule>): SharedSubject[] {
  return shownIn(claims.map(({ claim }) => claim), shownBy).filter(({ rule_id }) => rules.get(rule_id)?.asksInstitutions === true)
}

type Claimed = Pick<Sent, 'claim'>
