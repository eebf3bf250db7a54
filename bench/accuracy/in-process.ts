/** Runs the engine's decoder, memory and rules in this thread: no lanes, no store; flags as a store would show them. */
import { isStock } from '../../engine/core/claim.ts'
import type { Settlement } from '../../engine/core/claim.ts'
import { taskOf } from '../../engine/core/fingerprint.ts'
import type { SharedRule } from '../../engine/core/rule.ts'
import type { Rulebook } from '../../engine/core/rulebook.ts'
import { routeKey } from '../../engine/decode/route-key.ts'
import { EVERY_TASK } from '../../engine/evaluate/evaluate-batch.ts'
import { sharedRulesOf } from '../../engine/evaluate/shared-rules.ts'
import { IDENTITY, WAKES, addressed } from '../../engine/evaluate/sightings.ts'
import type { Seen } from '../../engine/evaluate/sightings.ts'
import { claimIn } from '../../engine/sim/sent.ts'
import { standingSettlements, storedSubject } from '../../engine/sim/shared-windows.ts'
import { Sink } from '../../engine/sim/sink.ts'
import { VirtualLane } from '../../engine/sim/virtual-lane.ts'
import type { Sent } from '../../engine/sim/virtual-lane.ts'
import type { EngineRunner } from './runner.ts'

const TASKS = 64
const BATCH = 1000
const KEPT = new Set(['judged', 'corrected', 'resent'])

/** @param rulebook the rules that judge */
export function inProcess (rulebook: Rulebook): EngineRunner {
  return async (records, { lanes, progress }) => {
    const run = new Run(rulebook, lanes)
    let number = 0
    for (const bytes of records) {
      run.take(bytes, number++)
      if (number % 10_000 === 0) progress(number)
    }
    return run.end()
  }
}

class Run {
  readonly #sink = new Sink()
  readonly #lanes: VirtualLane[]
  readonly #queues: Sent[][]
  /** In place of a store, for claims that come late and for what persons share: by person, and stock records by institution. */
  readonly #people = new Map<string, Sent[]>()
  readonly #stock = new Map<string, Sent[]>()
  /** Who shows a shared subject, by rule and subject; and which of them are worth a look. */
  readonly #shownBy = new Map<string, Set<string>>()
  readonly #worth = new Map<string, { readonly rule_id: string, readonly subject: string }>()
  readonly #shared: ReadonlyMap<string, SharedRule>
  /** Items of which there are stock records. */
  readonly #stocked = new Set<string>()
  #clock = -Infinity
  #rejected = 0

  constructor (rulebook: Rulebook, lanes: number) {
    this.#lanes = Array.from({ length: lanes }, () => new VirtualLane(rulebook, TASKS))
    this.#shared = new Map(sharedRulesOf(rulebook).map(({ loaded, rule }) => [loaded.id, rule]))
    this.#queues = this.#lanes.map(() => [])
  }

  take (bytes: Uint8Array, number: number): void {
    const route = routeKey(bytes, 0, bytes.length, 'json')
    const master = route?.broadcast === true
    const task = master ? EVERY_TASK : route === null ? 0 : taskOf(route.key, TASKS)
    const sent = { bytes, task, psn_no: route?.key ?? '', number, event: 0, identity: '', held: null, claim: null }
    this.#queues.forEach((queue, lane) => {
      if (!master && this.#laneOf(task) !== lane) return
      queue.push(sent)
      if (queue.length === BATCH) this.#flush(lane)
    })
  }

  end (): Awaited<ReturnType<EngineRunner>> {
    this.#queues.forEach((_, lane) => { this.#flush(lane) })
    for (const lane of this.#lanes) this.#sink.writeFlags(lane.advance(this.#clock))
    this.#judgeShared()
    return { active: this.#sink.active, rejected: this.#rejected }
  }

  #flush (lane: number): void {
    const batch = this.#queues[lane]!.splice(0)
    const reply = this.#lanes[lane]!.judge(batch)
    this.#sink.writeFlags(reply.flags)
    this.#clock = Math.max(this.#clock, reply.eventTimeMax)
    this.#rejected += reply.statuses.filter(status => status === 'rejected').length
    this.#tell(reply.seen)
    for (const item of reply.items) this.#stocked.add(item)
    batch.forEach((sent, i) => {
      const status = reply.statuses[i]!
      if (KEPT.has(status)) remember(this.#people, sent)
      if (status === 'learned' && sent.task !== EVERY_TASK) remember(this.#stock, sent)
    })
    const late = reply.late.map(i => batch[i]!)
    for (const psn_no of new Set(late.map(one => one.psn_no))) this.#again(lane, psn_no, late.filter(one => one.psn_no === psn_no))
    // Whom reference data touch is not asked here: everybody of the lane is judged again.
    if (!reply.changed) return
    for (const psn_no of this.#people.keys()) if (this.#laneOf(taskOf(psn_no, TASKS)) === lane) this.#again(lane, psn_no, [])
  }

  #again (lane: number, psn_no: string, late: readonly Sent[]): void {
    const flags = [...this.#sink.rows.values()].filter(row => row.subject === psn_no)
    const reply = this.#lanes[lane]!.rejudge(psn_no, this.#people.get(psn_no) ?? [], flags, late)
    this.#sink.writeFlags(reply.flags)
    this.#tell(reply.seen)
    for (const sent of late) remember(this.#people, sent)
  }

  #tell (seen: readonly Seen[]): void {
    const shared = seen.filter(({ of }) => of !== IDENTITY)
    for (const { lane, numbers, of, keys } of addressed(shared, TASKS, this.#lanes.length)) {
      for (const place of this.#lanes[lane]!.seen.see(numbers, of)) {
        this.#worth.set(`${of[place]} ${keys[place]}`, { rule_id: of[place]!, subject: keys[place]! })
      }
    }
    // What a settlement shows follows its identity, and whose it is.
    let psn_no = ''
    for (const { of, key, as, weight } of seen) {
      if (of === IDENTITY) psn_no = as
      else if (weight === WAKES) this.#worth.set(`${of} ${key}`, { rule_id: of, subject: key })
      else this.#shownBy.set(`${of} ${key}`, (this.#shownBy.get(`${of} ${key}`) ?? new Set()).add(psn_no))
    }
  }

  /**
   * Once, when everything has arrived: what would have been said on the way is not asked, nor items of which there is no stock record:
   * there are thousands, and no rule says anything of them.
   */
  #judgeShared (): void {
    const lane = this.#lanes[0]!
    for (const [key, subject] of this.#worth) {
      const rule = this.#shared.get(subject.rule_id)!
      if (rule.of === 'item' && !this.#stocked.has(subject.subject)) continue
      const claims = [...this.#shownBy.get(key) ?? []].flatMap(psn_no => this.#claimsOf(psn_no))
      const standing = standingSettlements(claims.filter(claim => !isStock(claim)))
      const stock = (this.#stock.get(subject.subject.split('|')[0]!) ?? []).flatMap(({ bytes }) => claimIn(bytes) ?? []).filter(isStock)
      const plain = { standing, stock, flags: [], shownBy: (claim: Settlement) => lane.shownBy(claim) }
      this.#sink.writeFlags(lane.judgeSubject(storedSubject(subject, rule, plain)))
    }
  }

  #claimsOf (key: string) {
    return (this.#people.get(key) ?? []).flatMap(({ bytes }) => claimIn(bytes) ?? [])
  }

  #laneOf (task: number): number {
    return task % this.#lanes.length
  }
}

function remember (all: Map<string, Sent[]>, sent: Sent): void {
  const own = all.get(sent.psn_no)
  if (own === undefined) all.set(sent.psn_no, [sent])
  else own.push(sent)
}
