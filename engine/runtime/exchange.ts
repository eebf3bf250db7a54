/**
 * The exchange: what one lane has seen of a key goes to the lane that owns the key. Keys that were seen with something else
 * before are looked at in the store, which alone judges; a fingerprint accuses nobody. In one process it is a call; the
 * sightings would fit a topic as they are.
 */
import type { MovedSettlement, StoredHolder } from '../core/ports.ts'
import type { Sighted } from '../evaluate/sightings.ts'
import type { GroupCommit } from './group-commit.ts'
import type { KeptLane } from './kept-lane.ts'

export interface ExchangeHelpers {
  /** Of the settlements named fixmedins_code|setl_id: every person who holds one, with the version held. */
  readonly holders: (keys: readonly string[]) => Promise<readonly StoredHolder[]>
  /** Has persons judged from the store, whatever lanes own them; resolves when what follows is durable. */
  readonly judgeAgain: (psn_nos: readonly string[]) => Promise<void>
}

export class Exchange {
  readonly #lanes: readonly KeptLane[]
  readonly #commit: GroupCommit
  readonly #helpers: ExchangeHelpers

  constructor (lanes: readonly KeptLane[], commit: GroupCommit, helpers: ExchangeHelpers) {
    this.#lanes = lanes
    this.#commit = commit
    this.#helpers = helpers
  }

  /** Call when what was seen is on its way to the store. Resolves when all that it causes is durable. */
  async deliver (sightings: readonly Sighted[]): Promise<void> {
    const doubtful = await Promise.all(sightings.map(async ({ lane, numbers, keys }) => {
      const kept = this.#lanes[lane]!
      const { others } = await kept.askAgain(async () => await kept.lane.ask({ op: 'see', numbers }))
      return Array.from(others, place => keys[place]!)
    }))
    await this.look([...new Set(doubtful.flat())])
  }

  /** A settlement is the person's whose version is the greatest; the others never had it. */
  async look (keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    await this.#commit.settled()
    const held = new Map<string, StoredHolder[]>()
    for (const holder of await this.#helpers.holders(keys)) {
      const key = `${holder.fixmedins_code}|${holder.setl_id}`
      held.set(key, [...held.get(key) ?? [], holder])
    }
    const several = [...held.values()].filter(holders => holders.length > 1)
    if (several.length === 0) return
    const moved: MovedSettlement[] = several.map(holders => holders.reduce((a, b) => BigInt(b.version) > BigInt(a.version) ? b : a))
    await this.#commit.add({ flags: [], deadLetters: [], chunks: [], moved })
    await this.#helpers.judgeAgain([...new Set(several.flat().map(({ psn_no }) => psn_no))])
  }
}
