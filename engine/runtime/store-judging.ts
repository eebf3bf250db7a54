/**
 * What memory cannot judge is judged from the store: claims that came too late, and persons whose claims are touched by
 * reference data that changed. Between reading the store and judging, the lane does nothing else, and all it has said is durable.
 */
import type { FlagRow } from '../core/flag.ts'
import type { ReferenceChange } from '../core/masterdata.ts'
import type { DeadLetter } from '../core/ports.ts'
import type { LateStatus } from '../evaluate/rejudge.ts'
import type { GroupCommit } from './group-commit.ts'
import { isLoss } from './kept-lane.ts'
import type { KeptLane } from './kept-lane.ts'
import type { Lane } from './lane.ts'
import type { RejudgeReply, Told } from './protocol.ts'
import { REJUDGED_AT_ONCE } from './rejudge.ts'
import type { Waiting } from './submission.ts'

export interface StoreJudgingHelpers {
  /** Has persons judged from the store, with what came too late of them. */
  readonly rejudge: (lane: Lane, psn_nos: readonly string[], late: readonly Waiting[]) => Promise<RejudgeReply>
  /** The next persons after psn_no whom what changed may touch, whatever lane owns them; none = the end. */
  readonly touchedBy: (changes: readonly ReferenceChange[], after: string) => Promise<readonly string[]>
  readonly ownerOf: (psn_no: string) => number
  readonly flagged: (flags: readonly FlagRow[]) => void
  /** Tells the owners of keys across persons what was seen; resolves when all that it causes is durable. */
  readonly told: (told: Told) => Promise<void>
  /** Keeps a record that kills lanes as a dead letter. */
  readonly bury: (record: Waiting, error: unknown) => Promise<DeadLetter>
}

/** `deferred`: in time, but only the store knows what it may take back. */
export interface Late { readonly psn_no: string, readonly waiting: Waiting, readonly deferred: boolean }
/** What became of a late record; a dead letter when it cannot be judged. */
export type LateOutcome =
  | { readonly status: 'judged' | 'corrected' | 'late' | 'duplicate' | 'superseded', readonly flags: readonly FlagRow[] }
  | { readonly status: 'rejected', readonly letter: DeadLetter }

/** Times that a lane may be lost over one request before its persons are taken apart. */
const LOSSES_MAX = 1

export class StoreJudging {
  readonly #commit: GroupCommit
  readonly #helpers: StoreJudgingHelpers

  constructor (commit: GroupCommit, helpers: StoreJudgingHelpers) {
    this.#commit = commit
    this.#helpers = helpers
  }

  /** @returns what became of each, in order, once it is durable. */
  async late (kept: KeptLane, late: readonly Late[]): Promise<LateOutcome[]> {
    const outcomes = new Map<Late, LateOutcome>()
    for (const persons of pages([...new Set(late.map(({ psn_no }) => psn_no))])) await this.#judge(kept, persons, late, outcomes)
    return late.map(one => outcomes.get(one)!)
  }

  /** Judges again every person of this lane whom the changes may touch; resolves when all that follows is durable. */
  async touched (kept: KeptLane, changes: readonly ReferenceChange[]): Promise<void> {
    if (changes.length === 0) return
    const { touchedBy, ownerOf } = this.#helpers
    for (let after = ''; ;) {
      const persons = await touchedBy(changes, after)
      if (persons.length === 0) return
      await this.again(kept, persons.filter(psn_no => ownerOf(psn_no) === kept.lane.number))
      after = persons.at(-1)!
    }
  }

  /** Judges persons of this lane again; resolves when all that follows is durable. */
  async again (kept: KeptLane, psn_nos: readonly string[]): Promise<void> {
    for (const persons of pages(psn_nos)) await this.#judge(kept, persons, [], new Map())
  }

  async #judge (kept: KeptLane, psn_nos: readonly string[], all: readonly Late[], outcomes: Map<Late, LateOutcome>): Promise<void> {
    const late = all.filter(({ psn_no }) => psn_nos.includes(psn_no))
    try {
      const { statuses, flags } = await this.#ask(kept, psn_nos, late.map(({ waiting }) => waiting))
      late.forEach((one, i) => {
        const status = statuses[i]!
        outcomes.set(one, {
          status: outcomeOf(status, one.deferred),
          flags: flags.filter(({ record }) => record === i).map(({ flag }) => flag)
        })
      })
    } catch (error) {
      if (!isLoss(error)) throw error
      if (psn_nos.length > 1) {
        for (const psn_no of psn_nos) await this.#judge(kept, [psn_no], late, outcomes)
        return
      }
      if (late.length === 0) throw error // what is stored was judged before: nobody's record is to blame
      for (const one of late) outcomes.set(one, { status: 'rejected', letter: await this.#helpers.bury(one.waiting, error) })
    }
  }

  async #ask (kept: KeptLane, psn_nos: readonly string[], late: readonly Waiting[]): Promise<RejudgeReply> {
    let stored = Promise.resolve()
    const reply = await kept.askAgain(async () => {
      await this.#commit.settled()
      const answer = await this.#helpers.rejudge(kept.lane, psn_nos, late)
      stored = this.#commit.add({ flags: answer.flags.map(({ flag }) => flag), deadLetters: [], chunks: answer.chunks })
      return answer
    }, LOSSES_MAX)
    this.#helpers.flagged(reply.flags.map(({ flag }) => flag))
    await stored
    await this.#helpers.told(reply.told)
    return reply
  }
}

function outcomeOf (status: LateStatus, deferred: boolean): 'judged' | 'corrected' | 'late' | 'duplicate' | 'superseded' {
  if (status === 'resent') return 'duplicate'
  return status === 'duplicate' || status === 'superseded' || deferred ? status : 'late'
}

function pages (psn_nos: readonly string[]): string[][] {
  const count = Math.ceil(psn_nos.length / REJUDGED_AT_ONCE)
  return Array.from({ length: count }, (_, i) => psn_nos.slice(i * REJUDGED_AT_ONCE, (i + 1) * REJUDGED_AT_ONCE))
}
