/** A request of 3101/3102 answered: its encounters become provisional settlements, these are checked, and the flags become results. */
import type { Checker, Outcome, PassOver } from '../../core/ports.ts'
import { REJECTION_REASONS } from '../../core/rejection.ts'
import type { Bilingual, Rulebook } from '../../core/rulebook.ts'
import type { Millis } from '../../core/time.ts'
import { HISTORY } from '../check-answer.ts'
import type { Encounter, OfficialRequest, Patient } from './input.ts'
import { isAsked, resultOf } from './result.ts'
import { infnoOf, settlementOf } from './to-claim.ts'

/** Something that whoever asks should know of one encounter. */
export interface Note extends Bilingual { readonly mdtrt_id: string, readonly code: string, readonly field: string, readonly seen: string }

export interface OfficialAnswer {
  readonly result: ReadonlyArray<ReturnType<typeof resultOf>>
  readonly notes: readonly Note[]
  /** Encounters asked about, and how many of them could be judged. */
  readonly asked: number
  readonly judged: number
}

interface Item { readonly patient: Patient, readonly encounter: Encounter, readonly current: boolean, readonly record: object }

const SETTLED: Bilingual = { zh: '该就诊已有结算记录，不再重复研判', en: 'the visit is settled already and not judged again' }

/** @throws EngineError CHECK_TIMED_OUT, LANE_LOST */
export async function askOfficial (
  request: OfficialRequest, check: Checker['check'], patienceMs: number, rulebook: Rulebook, now: Millis
): Promise<OfficialAnswer> {
  const items = request.patients.flatMap(patient => itemsOf(patient, request.trig_scen, now))
  const bytes = Buffer.from(items.map(({ record }) => `${JSON.stringify(record)}\n`).join(''))
  const outcomes = await check(bytes, 'json', patienceMs, items.map(passOverOf))
  const result = items.flatMap((item, i) => item.current ? resultsOf(item, outcomes[i]!, request, rulebook) : [])
  const notes = items.flatMap((item, i) => noteOf(item, outcomes[i]!))
  const current = outcomes.filter((_, i) => items[i]!.current)
  return { result, notes, asked: current.length, judged: current.filter(({ status }) => status !== 'rejected').length }
}

/** What came before first, in its order, then what is asked about: curr_mdtrt_id, or everything where that names nothing. */
function itemsOf (patient: Patient, trig_scen: string, now: Millis): Item[] {
  const { encounters, curr_mdtrt_id } = patient
  const named = encounters.some(({ mdtrt_id }) => mdtrt_id === curr_mdtrt_id)
  const items = encounters.map(encounter => {
    const current = !named || encounter.mdtrt_id === curr_mdtrt_id
    return { patient, encounter, current, record: settlementOf(patient, encounter, current ? trig_scen : '', now) }
  })
  const history = items.filter(item => !item.current).sort((a, b) => a.encounter.adm_date < b.encounter.adm_date ? -1 : 1)
  return [...history, ...items.filter(item => item.current)]
}

/** The engine's own memory of the past is better than what is sent of it. */
function passOverOf ({ current, encounter }: Item): PassOver {
  if (!current) return 'history'
  return infnoOf(encounter) === '2304' ? 'never' : 'visit'
}

function resultsOf ({ patient, encounter }: Item, outcome: Outcome, { trig_scen, rule_ids, task_id }: OfficialRequest, rulebook: Rulebook) {
  if (outcome.status === 'rejected') return []
  return outcome.flags.filter(flag => {
    const rule = rulebook.rules.find(each => each.id === flag.rule_id)
    return flag.status === 'active' && rule !== undefined && isAsked(rule, trig_scen, rule_ids)
  }).map(flag => resultOf(flag, rulebook, patient, encounter, task_id))
}

function noteOf ({ current, encounter }: Item, outcome: Outcome): Note[] {
  const { mdtrt_id } = encounter
  if (outcome.status === 'rejected') {
    const { reason, field, seen } = outcome.rejection
    const [zh, en] = REJECTION_REASONS[reason]
    return [{ mdtrt_id, code: reason, field, seen, zh, en }]
  }
  if (!current) return []
  if (outcome.status === 'late') return [{ mdtrt_id, code: 'history_partial', field: '', seen: '', ...HISTORY.partial }]
  if (outcome.status !== 'duplicate') return []
  return [{ mdtrt_id, code: 'already_settled', field: 'mdtrt_id', seen: '', ...SETTLED }]
}
