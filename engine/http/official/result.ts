/**
 * Flags as the interface answers them. This export alone uses the interface's own words, which call a suspicion what it is suspected
 * of being: its receivers' systems know no others.
 */
import type { FlagItem, FlagRow } from '../../core/flag.ts'
import { scaled, yuan } from '../../core/money.ts'
import type { LoadedRule, Rulebook } from '../../core/rulebook.ts'
import { lawsOn } from '../../core/rulebook/law.ts'
import { isSettled } from '../brief-flag.ts'
import type { Encounter, Patient } from './input.ts'

/** Longest texts by the interface's field table, in characters. */
const NAME_MAX = 200
const TEXT_MAX = 500

/** These compare figures of which the mapping itself makes up a part: they would find what nobody has done. */
export const SILENT_RULES: ReadonlySet<string> = new Set(['claim-money-integrity', 'claim-list-integrity'])

/** Whether a rule was asked for; by its national code or ours. Where a scene is named it decides, and all rules speak. */
export function isAsked (rule: Pick<LoadedRule, 'id' | 'official_id'>, trig_scen: string, rule_ids: readonly string[]): boolean {
  if (SILENT_RULES.has(rule.id)) return false
  if (trig_scen !== '' || rule_ids.length === 0) return true
  return [rule.id, rule.official_id].some(id => id !== '' && rule_ids.includes(id))
}

export interface Detail {
  readonly jrd_id: string
  readonly patn_id: string
  readonly mdtrt_id: string
  readonly rx_id: string
  readonly vola_item_type: '1' | '2'
  readonly vola_amt: string
}

/** @param encounter the one asked about: its orders have the names of the flag's lines */
export function resultOf (row: FlagRow, rulebook: Rulebook, patient: Patient, encounter: Encounter, task_id: string) {
  const rule = rulebook.rules.find(each => each.id === row.rule_id)
  const main = row.items.find(item => item.role === 'main')
  return {
    jr_id: row.flag_id,
    rule_id: rule?.official_id || row.rule_id,
    rule_name: cut(rule?.title.zh ?? row.rule_id, NAME_MAX),
    vola_cont: cut(row.sentence_zh, TEXT_MAX),
    patn_id: patient.patn_id,
    mdtrt_id: main?.mdtrt_id ?? encounter.mdtrt_id,
    judge_result_detail_dtos: numbered(row.items.flatMap(item => details(item, patient, encounter)), row.flag_id),
    vola_amt: yuan(row.medfee_sumamt),
    vola_amt_stas: isSettled(row.items) ? '1' : '0',
    sev_deg: String(row.severity),
    vola_evid: cut(lawsOn(rule?.law_basis ?? [], row.service_time).map(law => law.zh).join('；'), TEXT_MAX),
    vola_bhvr_type: String(rule?.behaviour ?? 1),
    task_id
  }
}

type Unnumbered = Omit<Detail, 'jrd_id'>

/** One a line where lines are meant, else one for the whole visit. */
function details (item: FlagItem, { patn_id }: Patient, encounter: Encounter): Unnumbered[] {
  const { mdtrt_id, role, lines } = item
  const vola_item_type = role === 'main' ? '1' : '2'
  const own = mdtrt_id === encounter.mdtrt_id ? lines : []
  const orders = own.map(place => encounter.orders[Number(place) - 1]).filter(order => order !== undefined)
  if (orders.length === 0) return [{ patn_id, mdtrt_id, rx_id: '', vola_item_type, vola_amt: yuan(item.medfee_sumamt) }]
  return orders.map(({ rx_id, sumamt }) => ({ patn_id, mdtrt_id, rx_id, vola_item_type, vola_amt: yuan(scaled(sumamt, 2) ?? 0) }))
}

function numbered (all: readonly Unnumbered[], flag_id: string): Detail[] {
  return all.map((detail, i) => ({ jrd_id: `${flag_id}-${i + 1}`, ...detail }))
}

function cut (text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}
