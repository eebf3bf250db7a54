/** A lane that is put right when it is lost: its memory is rebuilt from the store, and what was asked is asked again. */
import { EngineError } from '../core/errors.ts'
import type { FlagRow } from '../core/flag.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Lane } from './lane.ts'

export interface Keeper {
  readonly commit: GroupCommit
  readonly flagged: (flags: readonly FlagRow[]) => void
  readonly laneLost: (lane: number, error: unknown) => void
  /** Rebuilds an emptied lane's memory. Returns what stands in it: the last words of the lost one may be lost too. */
  readonly rebuild: (lane: Lane, clock: number) => Promise<readonly FlagRow[]>
  /** How far event time is known to have come. */
  readonly clock: () => number
}

/** Times that a lane is rebuilt for one and the same purpose before we believe that it will never succeed. */
const REBUILDS_MAX = 3

export class KeptLane {
  readonly lane: Lane
  /** The clock that its waiting rules have seen. */
  advancedTo = -Infinity
  readonly #keeper: Keeper

  constructor (lane: Lane, keeper: Keeper) {
    this.lane = lane
    this.#keeper = keeper
  }

  /** Asks what changes no more than can be rebuilt, with the lane to itself; a lost lane is rebuilt and asked again, a few times. */
  async askAgain<T> (ask: () => Promise<T>, times = REBUILDS_MAX): Promise<T> {
    return await this.lane.exclusively(async () => {
      for (let failures = 0; ; failures++) {
        try {
          return await ask()
        } catch (error) {
          await this.recover(error)
          if (failures >= times) throw error
        }
      }
    })
  }

  /** Lets waiting rules see the clock. */
  async advance (): Promise<void> {
    const clock = this.#keeper.clock()
    if (this.advancedTo >= clock) return
    let stored = Promise.resolve()
    await this.askAgain(async () => {
      const { flags } = await this.lane.ask({ op: 'advance', clock })
      this.advancedTo = clock
      stored = this.#store(flags) // before anybody else asks the lane: what it said is on its way to the store
    })
    await stored
  }

  /** Call inside `exclusively`. Only the loss of a lane can be put right here; anything else is thrown on. */
  async recover (error: unknown): Promise<void> {
    const { commit, laneLost, rebuild, clock } = this.#keeper
    for (let times = 1; ; times++) {
      if (!isLoss(error) || times > REBUILDS_MAX) throw error
      laneLost(this.lane.number, error)
      await commit.settled() // what the lost memory already judged must be in the store to be found again
      try {
        await this.lane.restart()
        const now = clock()
        await this.#store(await rebuild(this.lane, now))
        this.advancedTo = now
        return
      } catch (again) {
        error = again
      }
    }
  }

  async #store (flags: readonly FlagRow[]): Promise<void> {
    this.#keeper.flagged(flags)
    await this.#keeper.commit.add({ flags, deadLetters: [], chunks: [] })
  }
}

export function isLoss (error: unknown): boolean {
  return error instanceof EngineError && error.code === 'LANE_LOST'
}
