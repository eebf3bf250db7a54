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
  /** Whether its memory was folded from the store. */
  recovered = false
  readonly #pending = new Map<string, Map<string, boolean>>()

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

  /** @param repeated the claim is, or may be, sent again: its effect may have been reported or not. */
  addPending (psn_no: string, fact: PersonFact, repeated: boolean): void {
    let facts = this.#pending.get(psn_no)
    if (facts === undefined) {
      if (this.#pending.size === PENDING_MAX) this.#pending.delete(this.#pending.keys().next().value!)
      facts = new Map()
      this.#pending.set(psn_no, facts)
    }
    const key = factKey(fact)
    if (!facts.has(key)) facts.set(key, repeated)
  }

  /** Takes out what was pending of a person: keys of facts (factKey), and whether each was known before. */
  takePending (psn_no: string): Map<string, boolean> {
    const facts = this.#pending.get(psn_no)
    this.#pending.delete(psn_no)
    return facts ?? new Map()
  }

  /**
   * Ends a recovery. What had been reported of the claims folded in is known to the store only; late ones among them
   * (corrections of what was old by then) stay pending until something comes for their person.
   */
  endRecovery (): void {
    this.recovered = true
    for (const facts of this.#pending.values()) for (const key of facts.keys()) facts.set(key, true)
  }
}

/** Names what one record says: a repeat, sent later, says the same. */
export function factKey (fact: PersonFact): string {
  const { contentHi, contentLo } = fact.version
  return [identityOf(fact), contentHi | 0, contentLo | 0].join('|')
}

function identityOf (fact: PersonFact): string {
  switch (fact.kind) {
    case 'settlement': return `settlement|${fact.fixmedins_code}|${fact.setlinfo.setl_id}`
    case 'reversal': return `reversal|${fact.fixmedins_code}|${fact.setl_id}`
    case 'master': return `death|${fact.key}`
    default: return `${fact.kind}|${fact.fixmedins_code}|${fact.mdtrt_id}`
  }
}
