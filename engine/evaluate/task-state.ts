/** What a lane holds for one task: memory, how far its claims and the clock have come, and late claims not judged yet. */
import type { PersonFact } from '../memory/memory.ts'
import type { TaskMemory } from '../memory/task-memory.ts'
import type { Millis } from '../core/time.ts'

/** Persons with late claims that nobody asked to judge again; beyond it the oldest are let go. */
const PENDING_MAX = 65_536

export class TaskState {
  readonly memory: TaskMemory
  /** Greatest event time of the task's claims: lateness and expiry go by it. */
  watermark: Millis = -Infinity
  /** How far advance() has said that the world has come. */
  clock: Millis = -Infinity
  readonly #pending = new Map<string, Set<string>>()

  constructor (memory: TaskMemory) {
    this.memory = memory
  }

  /** What rules see as the watermark. */
  get now (): Millis {
    return Math.max(this.watermark, this.clock)
  }

  /**
   * Whether a late claim of this person is in memory, but its effect not yet reported. Until it is, what memory says is
   * not what was reported, and whatever comes for this person has to be judged from the store as well.
   */
  isPending (psn_no: string): boolean {
    return this.#pending.size > 0 && this.#pending.has(psn_no)
  }

  addPending (psn_no: string, fact: PersonFact): void {
    let facts = this.#pending.get(psn_no)
    if (facts === undefined) {
      if (this.#pending.size === PENDING_MAX) this.#pending.delete(this.#pending.keys().next().value!)
      facts = new Set()
      this.#pending.set(psn_no, facts)
    }
    facts.add(factKey(fact))
  }

  /** Takes out what was pending of a person: keys of facts (factKey). */
  takePending (psn_no: string): ReadonlySet<string> {
    const facts = this.#pending.get(psn_no)
    this.#pending.delete(psn_no)
    return facts ?? new Set()
  }

  clearPending (): void {
    this.#pending.clear()
  }
}

/** Names one version of one record. */
export function factKey (fact: PersonFact): string {
  const { inf_time, order, contentHi, contentLo } = fact.version
  return [identityOf(fact), inf_time, order, contentHi | 0, contentLo | 0].join('|')
}

function identityOf (fact: PersonFact): string {
  switch (fact.kind) {
    case 'settlement': return `settlement|${fact.fixmedins_code}|${fact.setlinfo.setl_id}`
    case 'reversal': return `reversal|${fact.fixmedins_code}|${fact.setl_id}`
    case 'master': return `death|${fact.key}`
    default: return `${fact.kind}|${fact.fixmedins_code}|${fact.mdtrt_id}`
  }
}
