/**
 * The exchange: what one lane has seen goes to the lane that owns the key. What is worth a look is looked at in the store, which
 * alone knows all that stands; a fingerprint accuses nobody. In one process it is a call; what is told would fit a topic as it is.
 *
 *   told ─▶ owners ─▶ settlements in several hands ─▶ moved, their persons judged again
 *                 │    └─▶ reversals that name others are handed in again
 *                 └─▶ shared subjects ──┐
 *   reversed, corrected, moved ─▶ what they show or showed ─┤
 *   stock records ─▶ settled items of these ─▶ subjects ─▶ windows and flags from the store ─▶ a lane judges ─▶ flags
 *
 * One round after another, so that nobody judges a subject by a store that another one is about to change; what is told
 * during a round gathers for the next. When a round is over, everything that it was told of has had its effect.
 */
import { taskOf } from '../core/fingerprint.ts'
import type { FlagRow } from '../core/flag.ts'
import { groupBy } from '../core/group-by.ts'
import type { ReferenceChange } from '../core/masterdata.ts'
import type { MisnamedReversal, MovedSettlement, StoredHolder } from '../core/ports.ts'
import { formatTime } from '../core/time.ts'
import type { SharedSubject, StoredSubject } from '../evaluate/shared-rules.ts'
import { IDENTITY, identityKey } from '../evaluate/sightings.ts'
import type { Sighted } from '../evaluate/sightings.ts'
import type { GroupCommit } from './group-commit.ts'
import type { KeptLane } from './kept-lane.ts'
import type { Told } from './protocol.ts'

/** What is to be looked at in the store. */
export interface Doubtful {
  readonly settlements: readonly string[]
  readonly subjects: readonly SharedSubject[]
}

export interface ExchangeHelpers {
  readonly tasks: number
  /** Of the settlements named fixmedins_code|setl_id: every person who holds one, with the version held. */
  readonly holders: (keys: readonly string[]) => Promise<readonly StoredHolder[]>
  /** Of the settlements: reversals that name others than who has them, while none names that one. */
  readonly misnamed: (keys: readonly string[]) => Promise<readonly MisnamedReversal[]>
  /** Hands in records as a source does; resolves when all that they cause is durable. */
  readonly handIn: (records: readonly object[]) => Promise<void>
  /** Shared subjects that one of the settlements shows, or has shown. */
  readonly shownIn: (keys: readonly string[]) => Promise<readonly SharedSubject[]>
  /** Shared subjects that are one of the items, as itemsIn() names them. */
  readonly ofItems: (items: readonly string[]) => Promise<readonly SharedSubject[]>
  /** Shared subjects that settlements of the institutions show, of rules that ask reference data about institutions. */
  readonly asking: (institutions: readonly string[]) => Promise<readonly SharedSubject[]>
  /** All that the store has of the subjects; nothing that was told may be missing from it. */
  readonly subjects: (subjects: readonly SharedSubject[]) => Promise<readonly StoredSubject[]>
  /** Has persons judged from the store, whatever lanes own them; resolves when what follows is durable. */
  readonly judgeAgain: (psn_nos: readonly string[]) => Promise<void>
  readonly flagged: (flags: readonly FlagRow[]) => void
}

/** Institutions of which a lane has just learned something else. */
interface Learned { readonly lane: number, readonly institutions: readonly string[] }

type Work = Told & Doubtful & { readonly learned: readonly Learned[] }
const NOTHING: Work = { seen: [], disturbed: [], items: [], settlements: [], subjects: [], learned: [] }

/** The reversal as it would have been, had it named who has the settlement: a record of the interface. */
export function renamed ({ holder, setl_id, mdtrt_id, refd_setl_id, setl_time, inf_time, ...header }: MisnamedReversal): object {
  return {
    ...header,
    inf_time: formatTime(inf_time),
    setlinfo: { setl_id, mdtrt_id, psn_no: holder, refd_setl_id, setl_time: formatTime(setl_time) }
  }
}

/** Subjects read and judged at once. */
const SUBJECTS_AT_ONCE = 200

export class Exchange {
  readonly #lanes: readonly KeptLane[]
  readonly #commit: GroupCommit
  readonly #helpers: ExchangeHelpers
  #gathering: Work[] = []
  #current = Promise.resolve()
  #next: Promise<void> | null = null

  constructor (lanes: readonly KeptLane[], commit: GroupCommit, helpers: ExchangeHelpers) {
    this.#lanes = lanes
    this.#commit = commit
    this.#helpers = helpers
  }

  /** Call when what is told of is on its way to the store. Resolves when all that it causes is durable. */
  async deliver (told: Told): Promise<void> {
    if (told.seen.length + told.disturbed.length + told.items.length > 0) await this.#enqueue({ ...NOTHING, ...told })
  }

  /** Looks again at what the lane judges, where it asks about institutions; what the others judge is theirs to look at when they have learned it. */
  async learned (lane: number, changes: readonly ReferenceChange[]): Promise<void> {
    const institutions = changes.filter(({ type }) => type === 'institution').map(({ key }) => key)
    if (institutions.length > 0) await this.#enqueue({ ...NOTHING, learned: [{ lane, institutions }] })
  }

  /** Looks at what a recovery found. */
  async look (doubtful: Doubtful): Promise<void> {
    await this.#enqueue({ ...NOTHING, ...doubtful })
  }

  async #enqueue (work: Work): Promise<void> {
    this.#gathering.push(work)
    this.#next ??= this.#begin()
    await this.#next
  }

  async #begin (): Promise<void> {
    await this.#current
    this.#next = null
    const round = this.#run(this.#gathering.splice(0))
    this.#current = round.then(() => {})
    this.#current.catch(() => {}) // whoever waits for the round hears of it below, whether or not another one follows
    // What is handed in again comes back here: the next round may begin before it is durable.
    await this.#helpers.handIn((await round).map(renamed))
  }

  /** @returns reversals that were said to be of somebody else's settlement */
  async #run (work: readonly Work[]): Promise<readonly MisnamedReversal[]> {
    const told = await this.#tell(work.flatMap(({ seen }) => seen))
    const settlements = [...told.settlements, ...work.flatMap(one => one.settlements)]
    const subjects = [...told.subjects, ...work.flatMap(one => one.subjects)]
    const disturbed = work.flatMap(one => one.disturbed)
    const items = work.flatMap(one => one.items)
    const learned = work.flatMap(one => one.learned)
    if (settlements.length + subjects.length + disturbed.length + items.length + learned.length === 0) return []
    await this.#commit.settled()
    const inDoubt = [...new Set(settlements)]
    disturbed.push(...await this.#handOver(inDoubt))
    const shown = disturbed.length === 0 ? [] : await this.#helpers.shownIn([...new Set(disturbed)])
    const stocked = items.length === 0 ? [] : await this.#helpers.ofItems([...new Set(items)])
    const taught = (await Promise.all(learned.map(async one => await this.#asking(one)))).flat()
    await this.#judge([...subjects, ...shown, ...stocked, ...taught])
    return inDoubt.length === 0 ? [] : await this.#helpers.misnamed(inDoubt)
  }

  /** Tells the owners. */
  async #tell (seen: readonly Sighted[]): Promise<Doubtful> {
    const settlements: string[] = []
    const subjects: SharedSubject[] = []
    await Promise.all(seen.map(async ({ lane, numbers, of, keys }) => {
      const kept = this.#lanes[lane]!
      const { doubtful } = await kept.askAgain(async () => await kept.lane.ask({ op: 'see', numbers, of }))
      for (const place of doubtful) {
        if (of[place] === IDENTITY) settlements.push(keys[place]!)
        else subjects.push({ rule_id: of[place]!, subject: keys[place]! })
      }
    }))
    return { settlements, subjects }
  }

  /** A settlement is the person's whose version is the greatest; the others never had it. @returns those that went to another person */
  async #handOver (keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return []
    const held = groupBy(await this.#helpers.holders(keys), ({ fixmedins_code, setl_id }) => identityKey(fixmedins_code, setl_id))
    const several = [...held].filter(([, holders]) => holders.length > 1)
    if (several.length === 0) return []
    const moved: MovedSettlement[] = several.map(([, holders]) => holders.reduce((a, b) => BigInt(b.version) > BigInt(a.version) ? b : a))
    await this.#commit.add({ flags: [], deadLetters: [], chunks: [], moved })
    await this.#helpers.judgeAgain([...new Set(several.flatMap(([, holders]) => holders.map(({ psn_no }) => psn_no)))])
    return several.map(([key]) => key)
  }

  async #asking ({ lane, institutions }: Learned): Promise<SharedSubject[]> {
    return (await this.#helpers.asking(institutions)).filter(({ subject }) => this.#laneOf(subject) === lane)
  }

  async #judge (subjects: readonly SharedSubject[]): Promise<void> {
    const distinct = [...new Map(subjects.map(one => [`${one.rule_id} ${one.subject}`, one])).values()]
    for (let at = 0; at < distinct.length; at += SUBJECTS_AT_ONCE) await this.#judgeSome(distinct.slice(at, at + SUBJECTS_AT_ONCE))
  }

  async #judgeSome (subjects: readonly SharedSubject[]): Promise<void> {
    const stored = await this.#helpers.subjects(subjects)
    const shares = this.#lanes.map(kept => ({ kept, own: stored.filter(({ subject }) => this.#laneOf(subject) === kept.lane.number) }))
    const flags = await Promise.all(shares.map(async ({ kept, own }) => {
      if (own.length === 0) return []
      return (await kept.askAgain(async () => await kept.lane.ask({ op: 'subjects', subjects: own }))).flags
    }))
    this.#helpers.flagged(flags.flat())
    await this.#commit.add({ flags: flags.flat(), deadLetters: [], chunks: [] })
  }

  /** Any lane would do: subjects are judged by what the store has. */
  #laneOf (subject: string): number {
    return taskOf(subject, this.#helpers.tasks) % this.#lanes.length
  }
}
