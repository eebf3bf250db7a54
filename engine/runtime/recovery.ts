/**
 * Recovery: memory is a fold over the stored claims in canonical order, through the same decode and judging code as
 * live claims. Ends with every current finding re-emitted, so that a flag that a crash lost is written again.
 */
import type { EngineError } from '../core/errors.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { FlagRow } from '../core/flag.ts'
import type {
  IdentitiesPage, RowChunk, SaidPage, SightingsPage, StandingFlag, StockedPage, StoredPage, StoredRecord, StoredRecords
} from '../core/ports.ts'
import { DAY } from '../core/time.ts'
import { NEXT } from '../evaluate/emitter.ts'
import { saysTheSame, takenBack } from '../evaluate/flag-row.ts'
import type { SharedSubject } from '../evaluate/shared-rules.ts'
import { addressed, identitySeen, marksSeen, wakes } from '../evaluate/sightings.ts'
import type { Seen } from '../evaluate/sightings.ts'
import type { Doubtful } from './exchange.ts'
import type { Lane } from './lane.ts'
import { patiently } from './patience.ts'
import { layOut } from './slab.ts'
import type { SlabRecord } from './slab.ts'

export interface Recovery {
  readonly lanes: readonly Lane[]
  /** The lanes to fill; only their tasks' claims are sent. Held exclusively by the caller unless nobody else knows them yet. */
  readonly only: readonly Lane[]
  readonly tasks: number
  readonly retentionDays: number
  readonly stored: StoredRecords
  /** Ids of the rules that judge one settlement by itself. */
  readonly claimRules: ReadonlySet<string>
  /** Ids of the rules about shared subjects. */
  readonly sharedRules: ReadonlySet<string>
  /** Ids of those that have an item looked at for stock records of these kinds. */
  readonly minding: (infnos: readonly string[]) => readonly string[]
  /** How far event time is known to have come elsewhere; waiting rules see it. */
  readonly clock?: number
  /**
   * Given when what settlements show of shared subjects must be written again, since their rules are not those that wrote it:
   * makes rows durable. All subjects that are worth a look are doubtful then.
   */
  readonly showAgain?: (chunks: readonly RowChunk[]) => Promise<void>
  readonly onProgress?: (claims: number) => void
  readonly onRetry: (error: EngineError, delayMs: number) => void
}

export interface Recovered {
  /** Greatest event time folded; −Infinity when there was none. */
  readonly clock: number
  /** What must be written: everything that stands now, and retractions of what stands without reason. */
  readonly flags: readonly FlagRow[]
  /** What perhaps nobody had looked at yet. */
  readonly doubtful: Doubtful
}

const BATCH = 1000
/** Clocks of the engine and of the store may differ by as much; looking twice does no harm. */
const UNCERTAIN_MS = 600_000
/** A task that nothing has. */
const NOBODYS = -2

export async function recover (recovery: Recovery): Promise<Recovered> {
  const { only, stored } = recovery
  // Deaths are somebody's: for lanes that do not own them they carry nobody's task and are passed over.
  const everywhere = (record: StoredRecord) => {
    const task = taskOf(record.key, recovery.tasks)
    const owner = task % recovery.lanes.length
    return only.map(lane => ({ lane, record: slabRecord(record, lane.number === owner ? task : NOBODYS) }))
  }
  const atOwner = (record: StoredRecord) => {
    const task = taskOf(record.key, recovery.tasks)
    const owner = only.find(lane => lane.number === task % recovery.lanes.length)
    return owner === undefined ? [] : [{ lane: owner, record: slabRecord(record, task) }]
  }
  const wisest = new WisestFlags()
  await each(recovery, stored.masterPage, everywhere, wisest, () => {})
  const folded = await each(recovery, stored.claimsPage, atOwner, wisest, recovery.onProgress ?? (() => {}))
  const clock = Math.max(folded, recovery.clock ?? -Infinity)
  await tell(recovery)
  const doubtful = await see(recovery)
  for (const lane of only) {
    if (clock > -Infinity) wisest.add((await lane.ask({ op: 'advance', clock })).flags)
    wisest.add((await lane.ask({ op: 'emit' })).flags)
  }
  // What was raised and taken back on the way was never said: only what the store shows without reason is taken back.
  const found = [...wisest.rows.values()].filter(({ status }) => status === 'active')
  const flags = toWrite(found, await writtenOf(found, recovery))
  const horizon = clock - recovery.retentionDays * DAY / 2
  const standing = await patiently(stored.standing, recovery.onRetry)
  const ours = ({ subject_kind, subject }: StandingFlag): boolean => subject_kind === 'person' &&
    only.some(lane => lane.number === taskOf(subject, recovery.tasks) % recovery.lanes.length)
  const alone = orphans(standing.filter(ours), wisest.rows, horizon)
  const shared = recovery.showAgain === undefined ? [] : standing.filter(({ subject_kind }) => subject_kind !== 'person')
  const isThere = ({ rule_id }: StandingFlag): boolean => recovery.sharedRules.has(rule_id)
  for (const { flag_id } of [...alone, ...shared.filter(flag => !isThere(flag))]) {
    flags.push(retraction(await patiently(async () => await stored.flag(flag_id), recovery.onRetry)))
  }
  const subjects = [...doubtful.subjects, ...shared.filter(isThere)]
  return { clock, flags, doubtful: { ...doubtful, subjects } }
}

type Page = (after: string | null) => Promise<StoredPage>
type Spread = (record: StoredRecord) => Array<{ lane: Lane, record: SlabRecord }>

/** Tells each lane what was written before: a revision said from now on must be above it. */
async function tell ({ only, lanes, tasks, stored, onRetry }: Recovery): Promise<void> {
  for (let after: string | null = null; ;) {
    const from: string | null = after
    const { said, next }: SaidPage = await patiently(async () => await stored.saidPage(from), onRetry)
    for (const lane of only) {
      await lane.ask({ op: 'heard', said: said.filter(({ psn_no }) => taskOf(psn_no, tasks) % lanes.length === lane.number) })
    }
    if (next === null) return
    after = next
  }
}

/** Tells each lane again what it knew of the keys that it owns. @returns what was worth a look and may not have been looked at */
async function see (recovery: Recovery): Promise<Doubtful> {
  const { stored, onRetry } = recovery
  const settlements: string[] = []
  for (let after: string | null = null; ;) {
    const from: string | null = after
    const { identities, next }: IdentitiesPage = await patiently(async () => await stored.identitiesPage(from), onRetry)
    const seen = identities.map(({ fixmedins_code, setl_id, psn_no, day }) => identitySeen(fixmedins_code, setl_id, psn_no, day))
    settlements.push(...(await tellOwners(recovery, seen)).map(({ key }) => key))
    if (next === null) break
    after = next
  }
  const since = recovery.showAgain === undefined ? await patiently(stored.exchangedUntil, onRetry) - UNCERTAIN_MS : 0
  const disturbed = await patiently(async () => await stored.disturbedSince(since), onRetry)
  const subjects = await seeSubjects(recovery, since)
  await wakeItems(recovery) // after what was counted of them: they are worth a look at the next settlement
  return { settlements, subjects: [...disturbed, ...subjects] }
}

/** Tells the owners of items that there are stock records of them. */
async function wakeItems (recovery: Recovery): Promise<void> {
  for (let after: string | null = null; ;) {
    const from: string | null = after
    const { stocked, next }: StockedPage = await patiently(async () => await recovery.stored.stockedPage(from), recovery.onRetry)
    await tellOwners(recovery, stocked.flatMap(({ item, infnos, day }) => wakes(recovery.minding(infnos), item, Math.max(1, day))))
    if (next === null) return
    after = next
  }
}

/** @returns subjects worth a look of which something was received since then */
async function seeSubjects (recovery: Recovery, since: number): Promise<SharedSubject[]> {
  const subjects = new Map<string, SharedSubject>()
  for (let after: string | null = null; ;) {
    const from: string | null = after
    const { sightings, next }: SightingsPage = await patiently(async () => await recovery.stored.sightingsPage(from), recovery.onRetry)
    const fresh = new Set(sightings.filter(({ received }) => received >= since).map(({ rule_id, subject }) => `${rule_id} ${subject}`))
    const seen = sightings.flatMap(({ rule_id, subject, marks, seen_as, weight, day }) =>
      marksSeen(rule_id, subject, marks.length === 0 ? [subject] : marks, seen_as, weight, day))
    for (const { of: rule_id, key: subject } of await tellOwners(recovery, seen)) {
      if (fresh.has(`${rule_id} ${subject}`)) subjects.set(`${rule_id} ${subject}`, { rule_id, subject })
    }
    if (next === null) return [...subjects.values()]
    after = next
  }
}

/** @returns what is worth a look */
async function tellOwners ({ only, lanes, tasks }: Recovery, seen: readonly Seen[]): Promise<Array<Pick<Seen, 'of' | 'key'>>> {
  const worth: Array<Pick<Seen, 'of' | 'key'>> = []
  for (const { lane: number, numbers, of, keys } of addressed(seen, tasks, lanes.length)) {
    const lane = only.find(one => one.number === number)
    if (lane === undefined) continue
    const { doubtful } = await lane.ask({ op: 'see', numbers, of }, [numbers.buffer])
    for (const place of doubtful) worth.push({ of: of[place]!, key: keys[place]! })
  }
  return worth
}

/** Of every flag the row that knows most; what was said on the way there need not be written. */
class WisestFlags {
  readonly rows = new Map<string, FlagRow>()

  add (flags: readonly FlagRow[]): void {
    for (const flag of flags) {
      const known = this.rows.get(flag.flag_id)
      if (known === undefined || flag.revision >= known.revision) this.rows.set(flag.flag_id, flag)
    }
  }
}

/** Sends every page to the lanes; the next page is read while the lanes work. Returns the greatest event time. */
async function each (
  recovery: Recovery, page: Page, spread: Spread, wisest: WisestFlags, onProgress: (records: number) => void
): Promise<number> {
  let clock = -Infinity
  let done = 0
  const read = async (after: string | null) => await patiently(async () => await page(after), recovery.onRetry)
  let reading: ReturnType<typeof read> | null = read(null)
  while (reading !== null) {
    const { records, next }: StoredPage = await reading
    reading = next === null ? null : read(next)
    const shares = new Map<Lane, SlabRecord[]>(recovery.only.map(lane => [lane, []]))
    for (const { lane, record } of records.flatMap(spread)) shares.get(lane)!.push(record)
    await Promise.all([...shares].map(async ([lane, share]) => { clock = Math.max(clock, await send(recovery, lane, share, wisest)) }))
    done += records.length
    onProgress(done)
  }
  return clock
}

function slabRecord ({ bytes, format }: StoredRecord, task: number): SlabRecord {
  return { bytes, format, task, source: 'store', offset: 0, persist: false }
}

async function send ({ showAgain }: Recovery, lane: Lane, records: readonly SlabRecord[], wisest: WisestFlags): Promise<number> {
  let clock = -Infinity
  for (let at = 0; at < records.length; at += BATCH) {
    const slab = layOut(records.slice(at, at + BATCH))
    const fold = {
      op: 'judge', slab, clock: -Infinity, received: Infinity, mode: 'fold', detail: false, showAgain: showAgain !== undefined
    } as const
    const reply = await lane.ask(fold, [slab.bytes.buffer, slab.index.buffer])
    clock = Math.max(clock, reply.eventTimeMax)
    await showAgain?.(reply.chunks)
    wisest.add(reply.flags.map(({ flag }) => flag))
  }
  return clock
}

/**
 * Flags that stand in the store but that the fold did not find: their claims were never stored (the process died
 * between writing the flags and the claims, and the sender did not send again). They are retracted.
 * @param horizon flags about services before it may rest on claims older than memory and are left alone.
 */
export function orphans (standing: readonly StandingFlag[], found: ReadonlyMap<string, FlagRow>, horizon: number): StandingFlag[] {
  return standing.filter(({ flag_id, service_time }) => {
    const row = found.get(flag_id)
    return row === undefined ? service_time >= horizon : row.status === 'retracted'
  })
}

/** What the store has of flags: their revisions, and of claim rules' flags that are wiser than what was found the whole row. */
export interface Written { readonly revisions: ReadonlyMap<string, number>, readonly wiser: ReadonlyMap<string, FlagRow> }

/**
 * What of the flags found must be written. A claim rule's finding is found at the revision of its moment in the fold, which may be
 * below what was written of it: when it was taken back because the rule was not there for a while, or when the rule's numbers were
 * others. Then it is said above that. Person rules' findings are said again by the lanes, which know what was written.
 */
export function toWrite (flags: readonly FlagRow[], { revisions, wiser }: Written): FlagRow[] {
  return flags.flatMap(flag => {
    if ((revisions.get(flag.flag_id) ?? 0) <= flag.revision) return [flag]
    const before = wiser.get(flag.flag_id)
    if (before === undefined || saysTheSame(before, flag)) return []
    return [{ ...flag, revision: before.revision - before.revision % NEXT + NEXT + 1 }]
  })
}

async function writtenOf (flags: readonly FlagRow[], { stored, onRetry, claimRules }: Recovery): Promise<Written> {
  const revisions = new Map<string, number>()
  const wiser = new Map<string, FlagRow>()
  for (let at = 0; at < flags.length; at += BATCH) {
    const some = flags.slice(at, at + BATCH)
    const known = await patiently(async () => await stored.revisions(some.map(({ flag_id }) => flag_id)), onRetry)
    for (const [flag_id, revision] of known) revisions.set(flag_id, revision)
    const doubtful = some.filter(({ flag_id, rule_id, revision }) => claimRules.has(rule_id) && (known.get(flag_id) ?? 0) > revision)
    if (doubtful.length === 0) continue
    for (const flag of await patiently(async () => await stored.flags(doubtful.map(({ flag_id }) => flag_id)), onRetry)) wiser.set(flag.flag_id, flag)
  }
  return { revisions, wiser }
}

/**
 * Takes back an orphan at its own revision: of equal revisions the row written last stands. So it is gone now, and stands
 * again as soon as its claims come after all and raise it at the same revision.
 */
export function retraction (flag: FlagRow): FlagRow {
  return takenBack(flag, flag.revision)
}
