/**
 * One run of a history through the real decoder, memory and rules: lanes without threads, a store in memory, and everything
 * that may go wrong on the way. What stands at the end must not depend on any of it.
 */
import { compareVersions, isStock } from '../core/claim.ts'
import type { Reversal, Settlement, StockMovement } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { SharedRule } from '../core/rule.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { EVERY_TASK } from '../evaluate/evaluate-batch.ts'
import { KEPT } from '../evaluate/keep-row.ts'
import { sharedRulesOf } from '../evaluate/shared-rules.ts'
import type { SharedSubject, Shown } from '../evaluate/shared-rules.ts'
import { IDENTITY, addressed, itemsIn, reversedIn, seenIn, wakesIn } from '../evaluate/sightings.ts'
import type { Seen } from '../evaluate/sightings.ts'
import { renamed } from '../runtime/exchange.ts'
import type { Doubtful } from '../runtime/exchange.ts'
import { orphans, retraction, toWrite } from '../runtime/recovery.ts'
import { memoryFaults, rowFaults } from './invariants.ts'
import { Lateness } from './lateness.ts'
import { misnamed } from './misnamed.ts'
import { ownerOf } from './oracle/claims.ts'
import { compareText } from './oracle/person.ts'
import type { Raw } from './oracle/read.ts'
import { Queues } from './queues.ts'
import { CRASHES, FAULTS, LOST, MOVES, RESTARTS } from './schedule.ts'
import type { Fault, Schedule } from './schedule.ts'
import { personsOf, rankOf, sentOf } from './sent.ts'
import { asking, ofItems, shownIn, standingSettlements, storedSubject } from './shared-windows.ts'
import { Sink } from './sink.ts'
import { VirtualLane } from './virtual-lane.ts'
import type { LaneReply, Sent, Told } from './virtual-lane.ts'

/** Deliberate defects, to see that the simulator notices them. */
export type Defect = 'none' | 'crash without fold' | 'corrections ignored' | 'late claims not judged' | 'retractions lost' |
  'changed reference data not judged' | 'settlements not handed over' | 'moved tasks not folded' | 'one watermark for all tasks' |
  'shared subjects not looked at' | 'disturbed subjects not looked at' | 'stock records not looked at' | 'misnamed reversals left alone'

export interface Run {
  readonly active: Map<string, FlagRow>
  readonly written: readonly FlagRow[]
  readonly clock: number
  readonly counts: Record<string, number>
  /** Broken invariants of memory and rows, in words. */
  readonly broken: readonly string[]
}

export function simulate (rulebook: Rulebook, master: readonly Raw[], schedule: Schedule, defect: Defect = 'none'): Run {
  return new Simulation(rulebook, master, schedule, defect).run()
}

/** Numbers of records that the exchange hands in begin here. */
const HANDED_IN = 1_000_000
/** A task that nothing has. */
const NOBODYS = -2

class Simulation {
  readonly #rulebook: Rulebook
  readonly #shared: ReadonlyMap<string, SharedRule>
  /** Reference data in the store. */
  readonly #master: Sent[]
  readonly #schedule: Schedule
  readonly #defect: Defect
  readonly #tasks: ReadonlySet<number>
  readonly #sink = new Sink()
  readonly #lanes: VirtualLane[]
  readonly #queues: Queues
  /** Tasks that have records: only these are worth a move. The first one when none has. */
  readonly #peopled: readonly number[]
  readonly #counts: Record<string, number>
  readonly #sent: readonly Sent[]
  readonly #broken: string[] = []
  /** For a defect: the version of each record that arrived first. */
  readonly #firstOf = new Map<string, number>()
  /** Reference data on their way: which lanes have learned them. */
  readonly #lessons = new Map<Sent, Set<number>>()
  readonly #lateness = new Lateness()
  /** By any lane: it is of the claim alone. */
  readonly #shownBy = (claim: Settlement): Shown[] => this.#lanes[0]!.shownBy(claim)
  readonly #handedIn = new Map<string, number>()
  #clock = -Infinity

  constructor (rulebook: Rulebook, master: readonly Raw[], schedule: Schedule, defect: Defect) {
    this.#rulebook = rulebook
    this.#shared = new Map(sharedRulesOf(rulebook).map(({ loaded, rule }) => [loaded.id, rule]))
    this.#schedule = schedule
    this.#defect = defect
    this.#tasks = new Set(Array.from({ length: schedule.tasks }, (_, task) => task))
    const early = [...master.filter(raw => !schedule.lateMaster.has(raw)), ...schedule.wrongMaster]
    this.#master = early.map((raw, i) => sentOf(raw, EVERY_TASK, -1 - i))
    this.#lanes = Array.from({ length: schedule.lanes }, () => this.#emptyLane())
    const numbers = new Map<Raw, number>()
    const records = schedule.arrivals.map(raw => {
      const number = numbers.get(raw) ?? numbers.size
      numbers.set(raw, number)
      return sentOf(raw, this.#taskOf(ownerOf(raw)), number)
    })
    this.#sent = records
    this.#queues = new Queues(schedule.lanes, schedule.tasks, records, schedule.heldTask)
    this.#peopled = [...new Set(records.length > 0 ? records.map(({ task }) => task) : [0])]
    for (const raw of schedule.lateMaster) {
      const sent = sentOf(raw, EVERY_TASK, -1 - this.#master.length - numbers.size)
      numbers.set(raw, numbers.size)
      this.#lessons.set(sent, new Set())
      this.#queues.tell(sent, schedule.random)
    }
    this.#counts = Object.fromEntries([...FAULTS, 'task moves'].map(counted => [counted, 0]))
  }

  run (): Run {
    const { random } = this.#schedule
    for (;;) {
      const waiting = this.#queues.waiting()
      if (waiting.length === 0) break
      const lane = random.pick(waiting)
      const batch = this.#queues.take(lane, random.pick([1, 2, 5, 17, 60, 400]))
      this.#deliver(lane, batch, this.#schedule.fault())
      if (random.chance(20)) this.#advance(random.below(this.#lanes.length))
      if (this.#schedule.moves()) this.#move(random.pick(this.#peopled))
    }
    this.#lanes.forEach((_, lane) => { this.#advance(lane) })
    if (this.#defect === 'none') this.#broken.push(...memoryFaults(this.#lanes.map(lane => lane.stats), this.#sink.claims))
    // Reference data that changed while a lane was down may speak again at the same revision: the last word stands.
    if (this.#schedule.lateMaster.size === 0) this.#broken.push(...rowFaults(this.#sink.written, this.#sent))
    return { active: this.#sink.active, written: this.#sink.written, clock: this.#clock, counts: this.#counts, broken: this.#broken }
  }

  #deliver (lane: number, batch: Sent[], fault: Fault): void {
    this.#count(fault)
    this.#count('batches')
    const taken = this.#defect === 'corrections ignored' ? batch.filter(one => !this.#isCorrection(one)) : batch
    const reply = this.#lanes[lane]!.judge(taken)
    this.#noteStatuses(taken, reply)
    const leaving = MOVES.has(fault) ? this.#drawTask(batch) : NOBODYS
    const hit = (task: number): boolean => CRASHES.has(fault) || task === leaving
    const unsaid = (task: number): boolean => hit(task) && LOST[fault] === 'flags and claims'
    const unstored = (task: number): boolean => hit(task) && LOST[fault] !== 'nothing'
    this.#writeFlags(reply.flags.filter(({ subject }) => !unsaid(this.#taskOf(subject))))
    this.#writeClaims(taken.filter(({ task }) => !unstored(task)), reply.statuses.filter((_, i) => !unstored(taken[i]!.task)))
    // Who is told of what was not stored looks in vain: it is told again when it comes again.
    const told: Told = RESTARTS.has(fault) ? { seen: [], disturbed: [], items: [] } : reply
    if (CRASHES.has(fault)) {
      this.#crash(RESTARTS.has(fault) ? [...this.#lanes.keys()] : [lane], lane, batch)
      this.#exchange(told) // a lane that dies takes nothing with it that it has said
      return
    }
    if (fault === 'redelivered') this.#queues.putBack(lane, batch)
    this.#clock = Math.max(this.#clock, reply.eventTimeMax)
    if (leaving !== NOBODYS) {
      this.#queues.putBack(lane, batch.filter(({ task }) => task === leaving))
      this.#move(leaving)
    }
    const late = reply.late.map(i => taken[i]!).filter(({ task }) => task !== leaving)
    if (this.#defect !== 'late claims not judged' && !this.#judgeLate(lane, late)) {
      this.#queues.putBack(lane, batch.filter(sent => sent.task === EVERY_TASK))
      this.#exchange(told)
      return
    }
    if (reply.changed && this.#defect !== 'changed reference data not judged') this.#judgeTouched(new Set(this.#queues.tasksOf(lane)))
    this.#exchange(told)
    for (const sent of batch) if (sent.task === EVERY_TASK) this.#taught(lane, sent)
  }

  /** Tells the owners of keys; what is in doubt is looked at in the store. */
  #exchange ({ seen, disturbed, items }: Told): void {
    const { settlements, subjects } = this.#see(seen, this.#tasks)
    this.#look({ settlements, subjects: [...subjects, ...this.#holding(disturbed), ...this.#ofItems(items)] })
  }

  /** @param tasks only owners of keys of these are told: a key has a task as persons have */
  #see (seen: readonly Seen[], tasks: ReadonlySet<number>): Doubtful {
    const settlements: string[] = []
    const subjects: SharedSubject[] = []
    // As many lanes as tasks: what is addressed is the key's task.
    for (const { lane: task, numbers, of, keys } of addressed(seen, this.#schedule.tasks, this.#schedule.tasks)) {
      if (!tasks.has(task)) continue
      for (const place of this.#lanes[this.#queues.ownerOf(task)]!.seen.see(numbers, of)) {
        if (of[place] === IDENTITY) settlements.push(keys[place]!)
        else subjects.push({ rule_id: of[place]!, subject: keys[place]! })
      }
    }
    return { settlements, subjects }
  }

  #seenIn (claim: Settlement | Reversal | StockMovement): Seen[] {
    if (claim.kind === 'reversal') return [reversedIn(claim)]
    return isStock(claim) ? wakesIn(claim, this.#lanes[0]!.minding(claim)) : seenIn(claim, this.#shownBy(claim))
  }

  /** Shared subjects whose flags hold what is not any more what it was. */
  #holding (disturbed: readonly string[]): SharedSubject[] {
    if (this.#defect === 'disturbed subjects not looked at') return []
    return shownIn(disturbed.flatMap(key => this.#sink.holding(key)).map(({ claim }) => claim), this.#shownBy)
  }

  #ofItems (items: readonly string[]): SharedSubject[] {
    if (this.#defect === 'stock records not looked at') return []
    return ofItems(items, this.#stock(), [...this.#shared].flatMap(([rule_id, { of }]) => of === 'item' ? [rule_id] : []))
  }

  #stock (): StockMovement[] {
    return this.#sink.claims.flatMap(({ claim }) => claim !== null && isStock(claim) ? [claim] : [])
  }

  #look ({ settlements, subjects }: Doubtful): void {
    const moved = this.#defect === 'settlements not handed over' ? [] : this.#handOver(settlements)
    this.#judgeSubjects([...subjects, ...this.#holding(moved)])
    if (settlements.length > 0 && this.#defect !== 'misnamed reversals left alone') this.#handIn(misnamed(this.#sink.claims, settlements).map(renamed))
  }

  /** What the exchange hands in waits as anything else does. */
  #handIn (records: readonly object[]): void {
    for (const record of records) {
      const raw = record as Raw
      const words = JSON.stringify(raw)
      const number = this.#handedIn.get(words) ?? HANDED_IN + this.#handedIn.size
      this.#handedIn.set(words, number)
      const sent = sentOf(raw, this.#taskOf(ownerOf(raw)), number)
      this.#queues.putBack(this.#queues.ownerOf(sent.task), [sent])
      this.#count('reversals handed in again')
    }
  }

  /** @returns settlements that were in several hands */
  #handOver (keys: readonly string[]): string[] {
    return [...new Set(keys)].filter(key => {
      const holders = this.#sink.holding(key)
      const persons = new Set(holders.map(one => one.psn_no))
      if (persons.size < 2) return false
      this.#count('settlements handed over')
      this.#sink.moved.set(key, holders.reduce((a, b) => compareVersions(b.held!.version, a.held!.version) > 0 ? b : a).psn_no)
      for (const psn_no of persons) this.#rejudge(this.#queues.ownerOf(this.#taskOf(psn_no)), psn_no, [])
      return true
    })
  }

  #judgeSubjects (subjects: readonly SharedSubject[]): void {
    if (subjects.length === 0 || this.#defect === 'shared subjects not looked at') return
    const standing = standingSettlements(this.#sink.claims.flatMap(({ claim }) => claim === null || isStock(claim) ? [] : [claim]))
    const stock = this.#stock()
    for (const subject of new Map(subjects.map(one => [`${one.rule_id} ${one.subject}`, one])).values()) {
      this.#count('shared subjects judged')
      const lane = this.#lanes[this.#queues.ownerOf(this.#taskOf(subject.subject))]!
      const plain = { standing, stock, flags: this.#sink.rows.values(), shownBy: this.#shownBy }
      this.#writeFlags(lane.judgeSubject(storedSubject(subject, this.#shared.get(subject.rule_id)!, plain)))
    }
  }

  /** Reference data are stored when every lane has learned them and judged whom they touch. */
  #taught (lane: number, sent: Sent): void {
    const taught = this.#lessons.get(sent)
    if (taught === undefined || taught.add(lane).size < this.#lanes.length) return
    this.#lessons.delete(sent)
    this.#master.push(sent)
  }

  /** Memory is gone: it is folded anew from what is durable, and the batch comes back. */
  #crash (lost: readonly number[], lane: number, batch: readonly Sent[]): void {
    this.#queues.putBack(lane, batch)
    // What is not stored is lost with the memory that learned it: it is told again.
    for (const [sent, taught] of this.#lessons) for (const one of lost) if (taught.delete(one)) this.#queues.putBack(one, [sent])
    for (const one of lost) this.#lanes[one] = this.#emptyLane()
    if (this.#defect === 'crash without fold') return
    const doubtful = this.#fold(new Set(lost.flatMap(one => this.#queues.tasksOf(one))))
    if (lost.length < this.#lanes.length) return
    const held = this.#holding(this.#sink.claims.flatMap(({ held }) => held?.key ?? []))
    this.#look({ ...doubtful, subjects: [...doubtful.subjects, ...held, ...this.#ofItems(this.#stock().flatMap(itemsIn))] })
  }

  /** Another lane owns a task from now on, and folds it; with one lane the task is taken away and given back. */
  #move (task: number): void {
    const from = this.#queues.ownerOf(task)
    const others = [...this.#lanes.keys()].filter(lane => lane !== from)
    const to = others.length === 0 ? from : this.#schedule.random.pick(others)
    this.#count(to === from ? 'tasks given back' : 'task moves')
    this.#lanes[from]!.forget(task)
    this.#queues.move(task, to)
    if (this.#defect === 'moved tasks not folded') return
    const moved = new Set([task])
    this.#look(this.#fold(moved))
    // Reference data that the new owner learned before the task was its own have touched nobody of it yet.
    const learned = [...this.#lessons.values()].some(taught => taught.has(to))
    if (learned && this.#defect !== 'changed reference data not judged') this.#judgeTouched(moved)
  }

  /** One of a batch's tasks; any when it has none. */
  #drawTask (batch: readonly Sent[]): number {
    const { random } = this.#schedule
    const own = [...new Set(batch.map(({ task }) => task))].filter(task => task !== EVERY_TASK)
    return random.pick(own.length > 0 ? own : this.#peopled)
  }

  /**
   * The recovery of some tasks: their owners fold what is durable of them, what stands is written again, and what stands
   * without reason is retracted. @returns what perhaps nobody had looked at
   */
  #fold (tasks: ReadonlySet<number>): Doubtful {
    const durable = this.#sink.claims.sort((a, b) => compareText(a.psn_no, b.psn_no) || rankOf(a) - rankOf(b) || a.event - b.event || a.number - b.number)
    const owners = new Set([...tasks].map(task => this.#queues.ownerOf(task)))
    const found = new Sink() // of each flag the row that knows most, as recovery keeps them
    for (const one of owners) {
      const folded = this.#lanes[one]!.judge(durable.filter(({ task }) => tasks.has(task) && this.#queues.ownerOf(task) === one), 'fold')
      this.#clock = Math.max(this.#clock, folded.eventTimeMax)
      found.writeFlags(folded.flags)
    }
    const doubtful = this.#see(durable.flatMap(({ claim }) => claim === null ? [] : this.#seenIn(claim)), tasks)
    const isOurs = (psn_no: string): boolean => tasks.has(this.#taskOf(psn_no))
    const said = new Map([...this.#sink.saidOfPersons()].filter(([psn_no]) => isOurs(psn_no)))
    for (const one of owners) this.#lanes[one]!.heard(said)
    for (const one of owners) found.writeFlags([...this.#lanes[one]!.advance(this.#clock, tasks), ...this.#lanes[one]!.emit(tasks)])
    const wiser = new Map([...this.#sink.rows].filter(([, { rule_id }]) => this.#rulebook.rules.some(({ id, rule }) => id === rule_id && rule.subject === 'claim')))
    const revisions = new Map([...this.#sink.rows].map(([flag_id, { revision }]) => [flag_id, revision]))
    this.#writeFlags(toWrite([...found.active.values()], { revisions, wiser }))
    const standing = this.#sink.active
    const alone = orphans([...standing.values()].filter(({ subject_kind, subject }) => subject_kind === 'person' && isOurs(subject)), found.rows, -Infinity)
    this.#writeFlags(alone.map(({ flag_id }) => retraction(standing.get(flag_id)!)))
    this.#count('orphans', alone.length)
    return doubtful
  }

  /** What came too late is judged from the store, and stored then. @returns false when the lane died between its flags and its claims. */
  #judgeLate (lane: number, late: readonly Sent[]): boolean {
    for (let rest = late; rest.length > 0;) {
      const { psn_no } = rest[0]!
      const own = rest.filter(one => one.psn_no === psn_no)
      const reply = this.#rejudge(lane, psn_no, own)
      if (this.#schedule.fault() === 'crash-between') {
        this.#count('crash-between late')
        this.#crash([lane], lane, rest)
        return false
      }
      this.#writeClaims(own, reply.statuses)
      this.#exchange(reply)
      rest = rest.filter(one => one.psn_no !== psn_no)
    }
    return true
  }

  /** Everybody of whom there is a claim in these tasks: who is touched indeed is the store's to say. */
  #judgeTouched (tasks: ReadonlySet<number>): void {
    const persons = personsOf(this.#sink.claims.filter(({ task }) => tasks.has(task)))
    for (const psn_no of persons) this.#rejudge(this.#queues.ownerOf(this.#taskOf(psn_no)), psn_no, [])
    const shown = asking(this.#sink.claims, this.#shownBy, this.#shared)
    this.#judgeSubjects(shown.filter(({ subject }) => tasks.has(this.#taskOf(subject))))
  }

  #rejudge (lane: number, psn_no: string, late: readonly Sent[]): Pick<LaneReply, 'statuses' | keyof Told> {
    const stored = this.#sink.claims.filter(one => one.psn_no === psn_no)
    const flags = [...this.#sink.rows.values()].filter(row => row.subject === psn_no)
    const reply = this.#lanes[lane]!.rejudge(psn_no, stored, flags, late)
    this.#writeFlags(reply.flags)
    return reply
  }

  #advance (lane: number): void {
    this.#writeFlags(this.#lanes[lane]!.advance(this.#clock))
  }

  #writeFlags (rows: readonly FlagRow[]): void {
    this.#sink.writeFlags(this.#defect === 'retractions lost' ? rows.filter(row => row.status === 'active') : rows)
  }

  #writeClaims (batch: readonly Sent[], statuses: LaneReply['statuses']): void {
    this.#sink.writeClaims(batch.filter(({ task }, i) => KEPT.has(statuses[i]!) && task !== EVERY_TASK))
  }

  #emptyLane (): VirtualLane {
    const lane = new VirtualLane(this.#rulebook, this.#defect === 'one watermark for all tasks' ? 1 : this.#schedule.tasks)
    lane.judge(this.#master, 'fold')
    return lane
  }

  #taskOf (psn_no: string): number {
    return taskOf(psn_no, this.#schedule.tasks)
  }

  /** Counts what the lane said of the records, and sees that it called no settlement late for what other tasks have sent. */
  #noteStatuses (batch: readonly Sent[], { statuses }: LaneReply): void {
    batch.forEach((sent, i) => {
      const status = statuses[i]!
      this.#count(status === 'resent' ? 'duplicate' : status)
      if (sent.task === EVERY_TASK || status === 'rejected') return
      const mayBeLate = this.#lateness.mayBeLate(sent)
      if (status !== 'late' || sent.held === null || mayBeLate) return
      this.#broken.push(`${sent.identity} was called late, and nothing of its task is so far ahead of it`)
    })
  }

  #isCorrection (one: Sent): boolean {
    const first = this.#firstOf.get(one.identity) ?? one.number
    this.#firstOf.set(one.identity, first)
    return first !== one.number
  }

  #count (what: string, times = 1): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + times
  }
}
