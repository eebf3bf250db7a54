/** Reads back what recovery and late claims fold, from the named queries. */
import type { FlagRow } from '../../core/flag.ts'
import type { Format, StandingFlag, StoredPage, StoredRecord, StoredRecords, StoreReader } from '../../core/ports.ts'

const PERSONS_A_PAGE = 2000
const FLAGS_A_PAGE = 10_000
/** Any event time: the interface's dates lie between 1900 and 2199. */
const EVER = { from_ms: -2_300_000_000_000, to_ms: 7_300_000_000_000 }

interface ClaimRow { psn_no: string, format: Format, raw: Uint8Array }
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
      return page(rows.map(({ key: own, format, raw }) => ({ key: own, format, bytes: raw })), last === undefined ? null : JSON.stringify([last.type, last.key]))
    },
    async claimsPage (after) {
      const rows = await reader.query<ClaimRow>('recovery.claims', { after_psn_no: after ?? '', persons: PERSONS_A_PAGE })
      const last = rows.map(row => row.psn_no).sort().at(-1)
      return page(rows.map(({ psn_no, format, raw }) => ({ key: psn_no, format, bytes: raw })), last ?? null)
    },
    async ofPerson (psn_no) {
      const rows = await reader.query<ClaimRow>('claims.of_person_around', { psn_no, ...EVER })
      return rows.map(({ format, raw }) => ({ key: psn_no, format, bytes: raw }))
    },
    async saidPage (after) {
      const said = await reader.query<{ psn_no: string, revision: number }>('recovery.said', { after_psn_no: after ?? '', limit: FLAGS_A_PAGE })
      return { said, next: said.at(-1)?.psn_no ?? null }
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

function page (records: StoredRecord[], next: string | null): StoredPage {
  return { records, next: records.length === 0 ? null : next }
}
