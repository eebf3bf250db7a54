/** Reads back what recovery and late claims fold, from the named queries. */
import type { MasterType } from '../../core/claim.ts'
import type { FlagRow } from '../../core/flag.ts'
import { groupBy } from '../../core/group-by.ts'
import type { ReferenceChange } from '../../core/masterdata.ts'
import type {
  Format, SharedAsked, SharedRow, StandingFlag, StockedItem, StoredHolder,
  StoredIdentity, StoredPage, StoredRecord, StoredRecords, StoredShared, StoredSighting, StoreReader
} from '../../core/ports.ts'

const PERSONS_A_PAGE = 2000
const FLAGS_A_PAGE = 10_000
/** Stands between an institution and a batch (evaluate/sightings.ts). */
const BATCH = '#'
/** Before any event time: the interface's dates lie between 1900 and 2199. */
const EVER_MS = -2_300_000_000_000

interface ClaimRow { psn_no: string, format: Format, raw: Uint8Array }
interface SightingRow extends StoredSighting { fixmedins_code: string, setl_id: string, psn_no: string }
interface MasterRow { type: string, key: string, format: Format, raw: Uint8Array }

export function storedRecords (reader: StoreReader): StoredRecords {
  return {
    async count () {
      const rows = await reader.query<{ table: string, rows: number }>('store.counts')
      return rows.find(row => row.table === 'claims')?.rows ?? 0
    },
    async masterPage (after) {
      const [type, key] = after === null ? ['', ''] : JSON.parse(after) as [string, string]
      const rows = await reader.query<MasterRow>('recovery.master', { after_type: type, after_key: key })
      const last = rows.at(-1)
      return page(rows.map(({ key: own, format, raw }) => ({ key: own, format, bytes: raw })),
        last === undefined ? null : JSON.stringify([last.type, last.key]))
    },
    async claimsPage (after) {
      const rows = await reader.query<ClaimRow>('recovery.claims', { after_psn_no: after ?? '', persons: PERSONS_A_PAGE })
      return page(rows.map(({ psn_no, format, raw }) => ({ key: psn_no, format, bytes: raw })), greatest(rows))
    },
    async ofPersons (psn_nos) {
      const records = await reader.query<ClaimRow>('claims.of_persons', { psn_nos })
      const flags = await reader.query<FlagRow>('flags.of_persons', { psn_nos })
      return { records: records.map(({ psn_no, format, raw }) => ({ key: psn_no, format, bytes: raw })), flags }
    },
    async holders (keys) {
      return await reader.query<StoredHolder>('settlements.holders', {
        institutions: keys.map(key => key.slice(0, key.indexOf('|'))), setl_ids: keys.map(setlIdOf)
      })
    },
    async misnamed (keys) {
      return await reader.query('reversals.misnamed', { keys, setl_ids: keys.map(setlIdOf) })
    },
    async shared (asked) {
      const places = (some: readonly SharedAsked[]) => ({
        rule_ids: some.map(({ rule_id }) => rule_id), subjects: some.map(({ subject }) => subject)
      })
      const items = asked.filter(({ of }) => of === 'item').map(({ subject }) => subject)
      const movements: StoredShared['movements'] = items.length === 0
        ? []
        : await reader.query('shared.movements', { subjects: items, institutions: institutionsOf(items) })
      // Of an item without stock records no rule can say anything: its settlements, which are many, need not be read.
      const stocked = new Set(movements.map(({ subject }) => subject))
      const spoken = asked.filter(({ of, subject }) => of !== 'item' || stocked.has(subject))
      const whole = spoken.filter(({ ofDay }) => ofDay === undefined)
      const byDay = spoken.filter(({ ofDay }) => ofDay !== undefined)
      const settlements = whole.length === 0 ? [] : await reader.query<SharedRow>('shared.windows', places(whole))
      for (const [of_day, some] of groupBy(byDay, ({ ofDay }) => ofDay!)) {
        settlements.push(...await reader.query<SharedRow>('shared.of_days', { ...places(some), of_day }))
      }
      return {
        settlements,
        days: byDay.length === 0 ? [] : await reader.query('shared.days', places(byDay)),
        movements,
        flags: await reader.query<FlagRow>('flags.of_subjects', places(asked))
      }
    },
    async ofItems (items) {
      const [batches, codes] = [items.filter(item => item.includes(BATCH)), items.filter(item => !item.includes(BATCH))]
      return await reader.query('shared.of_items', { codes, batches, institutions: institutionsOf(items) })
    },
    async asking (institutions, rule_ids) {
      return rule_ids.length === 0 ? [] : await reader.query('shared.of_institutions', { institutions, rule_ids })
    },
    async shownIn (keys) {
      return await reader.query('shared.shown', { keys, setl_ids: keys.map(setlIdOf) })
    },
    async sightingsPage (after) {
      const from = after === null ? {} : JSON.parse(after) as Record<string, string>
      const sightings = await reader.query<SightingRow>('recovery.sightings', from)
      const last = sightings.at(-1)
      if (last === undefined) return { sightings, next: null }
      const { rule_id, subject, fixmedins_code, setl_id, psn_no } = last
      const next = {
        after_rule: rule_id, after_subject: subject, after_fixmedins_code: fixmedins_code, after_setl_id: setl_id, after_psn_no: psn_no
      }
      return { sightings, next: JSON.stringify(next) }
    },
    async stockedPage (after) {
      const stocked = await reader.query<StockedItem>('recovery.stocked', { after_item: after ?? '' })
      return { stocked, next: stocked.at(-1)?.item ?? null }
    },
    async milestone (name) {
      const [row] = await reader.query<{ value: string }>('store.milestone', { name })
      return row?.value ?? ''
    },
    async exchangedUntil () {
      const [row] = await reader.query<{ until: number }>('recovery.exchanged')
      return row?.until ?? 0
    },
    async disturbedSince (since_ms) {
      return await reader.query('recovery.disturbed', { since_ms })
    },
    async identitiesPage (after) {
      const identities = await reader.query<StoredIdentity>('recovery.identities', {
        after_psn_no: after ?? '', persons: PERSONS_A_PAGE * 10
      })
      return { identities, next: greatest(identities) }
    },
    async touchedBy (changes, after) {
      const rows = await reader.query<{ psn_no: string }>('claims.touched', {
        after_psn_no: after, persons: PERSONS_A_PAGE, ...touching('institution', 'institutions', changes),
        ...touching('catalogue', 'items', changes),
        ...touching('peer_median', 'departments', changes), ...touching('trace_prefix', 'prefixes', changes)
      })
      return rows.map(({ psn_no }) => psn_no)
    },
    async saidPage (after) {
      const said = await reader.query<{ psn_no: string, revision: number }>('recovery.said', {
        after_psn_no: after ?? '', limit: FLAGS_A_PAGE
      })
      return { said, next: said.at(-1)?.psn_no ?? null }
    },
    async revisions (flag_ids) {
      const rows = await reader.query<{ flag_id: string, revision: number }>('flags.revisions', { flag_ids })
      return new Map(rows.map(({ flag_id, revision }) => [flag_id, revision]))
    },
    async flags (flag_ids) {
      return await reader.query<FlagRow>('flags.of_ids', { flag_ids })
    },
    async standing () {
      const flags: StandingFlag[] = []
      for (let after = { after_rank: Number.MAX_SAFE_INTEGER, after_id: '' }; ;) {
        const rows = await reader.query<StandingFlag & { rank: number }>('flags.list', { order: 'newest', limit: FLAGS_A_PAGE, ...after })
        flags.push(...rows)
        const last = rows.at(-1)
        if (last === undefined || rows.length < FLAGS_A_PAGE) return flags
        after = { after_rank: last.rank, after_id: last.flag_id }
      }
    },
    async flag (flag_id) {
      const [row] = await reader.query<FlagRow>('flag.get', { flag_id })
      if (row === undefined) throw new Error(`flag ${flag_id} was listed but is not there`)
      return row
    }
  }
}

/** The setl_id of fixmedins_code|setl_id. */
function setlIdOf (key: string): string {
  return key.slice(key.indexOf('|') + 1)
}

/** Institutions of items: what the names begin with. */
function institutionsOf (items: readonly string[]): string[] {
  return [...new Set(items.map(item => item.slice(0, item.search(/[|#]/))))]
}

/**
 * What claims.touched asks for one type: keys, and the earliest moment from which any of them says something else. A claim's
 * event time is its latest moment, so that one which happened before is not judged by it.
 */
function touching (type: MasterType, name: string, changes: readonly ReferenceChange[]): Record<string, readonly string[] | number> {
  const own = changes.filter(change => change.type === type)
  if (own.length === 0) return {}
  // A peer median's key is level, department and disease.
  const keys = own.map(({ key }) => type === 'peer_median' ? key.split('/')[1] ?? '' : key)
  return { [name]: [...new Set(keys)], [`${name}_since_ms`]: Math.max(EVER_MS, Math.min(...own.map(({ from }) => from))) }
}

function greatest (rows: ReadonlyArray<{ readonly psn_no: string }>): string | null {
  return rows.map(row => row.psn_no).sort().at(-1) ?? null
}

function page (records: StoredRecord[], next: string | null): StoredPage {
  return { records, next: records.length === 0 ? null : next }
}
