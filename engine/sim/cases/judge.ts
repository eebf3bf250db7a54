/** Runs records through the engine's own decoder and a lane's memory and judgement, restricted to one rule. */
import { isDeepStrictEqual } from 'node:util'
import { type Claim, isStock, type Settlement, type StockMovement, subjectKeyOf } from '../../core/claim.ts'
import { eventTimeOf } from '../../core/event-time.ts'
import type { FlagRow } from '../../core/flag.ts'
import type { LoadedRule } from '../../core/rulebook.ts'
import { decodeRecord } from '../../decode/decode-record.ts'
import type { Status } from '../../evaluate/judge.ts'
import { KEPT } from '../../evaluate/keep-row.ts'
import { LaneState } from '../../evaluate/lane-state.ts'
import type { LateStatus } from '../../evaluate/rejudge.ts'
import { sharedRulesOf } from '../../evaluate/shared-rules.ts'
import type { SharedSubject } from '../../evaluate/shared-rules.ts'
import { IDENTITY, SeenKeys, addressed, disturbedBy, identityKey, itemsIn, seenIn, wakesIn } from '../../evaluate/sightings.ts'
import type { PersonFact } from '../../memory/memory.ts'
import { asking, ofItems, shownIn, standingSettlements, storedSubject } from '../shared-windows.ts'
import type { Sending } from './build.ts'

/** All records belong to the one task there is. */
const TASK = 0

/**
 * Sends the records in turn; what arrives too late is judged again from everything sent, as the store would hold it.
 * @returns the rows that stand at the end, the greatest revision of each flag, retracted ones included
 * @throws Error when a record is refused or not understood whole, or when two rows of one revision differ
 */
export function judge (rule: LoadedRule, sendings: readonly Sending[]): FlagRow[] {
  const rulebook = { rules: [rule], digest: '' }
  const lane = new LaneState({ rulebook, tasks: 1 })
  const seen = new SeenKeys(rulebook)
  const standing = new Map<string, FlagRow>()
  const report = (flag: FlagRow): void => keep(standing, flag)
  const stored: PersonFact[] = []
  let clock = -Infinity
  const again = (psn_no: string, late: readonly PersonFact[]): LateStatus[] => {
    const flags = [...standing.values()].filter(({ subject }) => subject === psn_no)
    return lane.rejudge({ psn_no, facts: stored.filter(each => subjectKeyOf(each) === psn_no), flags }, late, report)
  }
  const stock: StockMovement[] = []
  const shared = new Map(sharedRulesOf(rulebook).map(each => [each.loaded.id, each.rule]))
  const look = (subjects: readonly SharedSubject[]): void => {
    const settled = standingSettlements(stored.filter(each => each.kind === 'settlement' || each.kind === 'reversal'))
    for (const subject of subjects) {
      const plain = { standing: settled, stock, flags: standing.values(), shownBy: (claim: Settlement) => lane.shownBy(claim) }
      const rest = lane.judgeSubject(storedSubject(subject, shared.get(subject.rule_id)!, plain), report)
      seen.rest(subject.rule_id, subject.subject, rest)
    }
  }
  /** What goes across persons: told to the owner of its keys, and looked at as the store would show it. */
  const exchange = (claim: Claim, status: Status): void => {
    const told = addressed(claim.kind === 'settlement' ? seenIn(claim, lane.shownBy(claim)) : [], 1, 1)
    const worth = told.flatMap(({ numbers, of, keys }) =>
      Array.from(seen.see(numbers, of), place => ({ rule_id: of[place]!, subject: keys[place]! })))
    const disturbed = disturbedBy(claim, status)
    const versions = stored.flatMap(each => each.kind === 'settlement' && disturbed.includes(identityKey(each.fixmedins_code, each.setlinfo.setl_id)) ? [each] : [])
    const shown = shownIn(versions, each => lane.shownBy(each))
    look([...worth.filter(({ rule_id }) => rule_id !== IDENTITY), ...shown])
  }
  for (const sending of sendings) {
    const claim = decode(sending)
    if (isStock(claim)) {
      stock.push(claim)
      const minding = lane.minding(claim)
      for (const { numbers, of } of addressed(wakesIn(claim, minding), 1, 1)) seen.see(numbers, of)
      look(ofItems(itemsIn(claim), stock, minding))
      continue
    }
    if (claim.kind === 'master' && claim.type !== 'death') {
      if (lane.learn(claim) === null) continue
      for (const psn_no of new Set(stored.map(subjectKeyOf))) again(psn_no, [])
      const claims = stored.flatMap(each => each.kind === 'settlement' ? [{ claim: each }] : [])
      if (claim.type === 'institution') look(asking(claims, each => lane.shownBy(each), shared))
      continue
    }
    let status: Status = lane.judge(TASK, claim, report)
    if (status === 'late' || status === 'deferred') status = again(subjectKeyOf(claim), [claim])[0]!
    stored.push(claim)
    if (KEPT.has(status)) exchange(claim, status)
    if (claim.kind !== 'master') clock = Math.max(clock, eventTimeOf(claim))
    lane.advance(TASK, clock, report)
  }
  return [...standing.values()]
}

function decode ({ bytes, record }: Sending): Claim {
  const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
  if (!decoded.ok) throw new Error(`refused: ${JSON.stringify(decoded.rejection)} ${JSON.stringify(record)}`)
  if (decoded.unknownFields > 0) throw new Error(`${decoded.unknownFields} unknown fields in ${JSON.stringify(record)}`)
  return decoded.claim
}

/** As the flags table collapses repeats: the greatest revision of a flag stands. */
function keep (standing: Map<string, FlagRow>, flag: FlagRow): void {
  const known = standing.get(flag.flag_id)
  if (known !== undefined && known.revision === flag.revision && !isDeepStrictEqual(known, flag)) {
    throw new Error(`two rows of revision ${flag.revision} differ: ${JSON.stringify([known, flag])}`)
  }
  if (known === undefined || flag.revision > known.revision) standing.set(flag.flag_id, flag)
}
