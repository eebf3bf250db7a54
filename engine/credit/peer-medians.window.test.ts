/** The stays that medians are made of are those that rules see: drawn stays, judged by the plain window and by the store's SQL. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PersonClaim, Settlement, StayInfo } from '../core/claim.ts'
import { bedExcused } from '../core/stays.ts'
import { calendarDays, DAY, HOUR } from '../core/time.ts'
import { openStore, type Store } from '../io/clickhouse/open.ts'
import { naiveWindow } from '../memory/naive-window.ts'
import { encodeClaimRow } from '../store/claim-row.ts'
import { RowWriter } from '../store/row-binary.ts'
import * as sample from '../store/samples.ts'
import { encodeMasterRow } from '../store/stock-row.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-median-window-'))
const ORIGIN = { source: 'test', partition: 0, offset: 0 }
const [FROM, TO] = [sample.at('2026-02-05'), sample.at('2026-02-12')]
const HERE = 'H34170200001'
let store: Store
beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const hour = fc.integer({ min: 0, max: 20 * 24 }).map(hours => sample.at('2026-01-28') + hours * HOUR)
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 3 })
const dept = fc.constantFrom('', 'A', 'B')
const stayInfo: fc.Arbitrary<Partial<StayInfo>> = fc.record({
  adm_time: maybe(hour), dscg_time: maybe(hour), adm_dept_codg: dept, dscg_dept_codg: dept,
  ipt_med_type: fc.constantFrom('', '1', '1', '1', '2'), nwb_flag: fc.integer({ min: 0, max: 9 }).map(n => n === 0)
})
const diagnosed = fc.array(fc.record({ maindiag_flag: fc.boolean(), diag_srt_no: fc.integer({ min: 1, max: 2 }), diag_code: fc.constantFrom('I10.x00', 'J18.900', 'K8', '') }), { maxLength: 3 })
  // In order, because the plain window takes the first that is marked.
  .map(all => all.map(each => ({ diag_type: '1', diag_name: '', dise_dor_no: '', diag_time: null, ...each }))
    .sort((a, b) => a.diag_srt_no - b.diag_srt_no || (a.diag_code < b.diag_code ? -1 : 1)))
/** inf_time decides which of two versions stands. */
const part = fc.record({ stay: stayInfo, diseinfo: diagnosed, sent: fc.integer({ min: 0, max: 5 }) })
const settled = fc.record({
  part, bare: fc.boolean(), id: fc.constantFrom('1', '2', '3'), mid: fc.integer({ min: 0, max: 3 }).map(n => n === 0), fee: fc.integer({ min: 0, max: 500_000 }), setl_time: hour,
  begndate: maybe(hour), enddate: maybe(hour), voided: fc.integer({ min: 0, max: 5 }).map(n => n === 0)
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never
const drawn = fc.record({ settlements: fc.array(settled, { minLength: 1, maxLength: 3 }), list: maybe(part), admission: maybe(part), discharge: maybe(part) })

/** The claims of one person's one stay. */
function claimsOf ({ settlements, ...events }: Drawn, person: number): PersonClaim[] {
  const own = { psn_no: `P${person}`, mdtrt_id: `M${person}` }
  const blank = { adm_time: null, dscg_time: null, adm_dept_codg: '', dscg_dept_codg: '', ipt_med_type: '' }
  const claims: PersonClaim[] = []
  const told = (sent: number) => sample.sampleVersion(sample.at('2026-03-01') + sent * DAY, 1, claims.length)
  for (const { part: { stay, diseinfo, sent }, bare, id, mid, fee, setl_time, begndate, enddate, voided } of settlements) {
    const claim: Settlement = sample.sampleSettlement(
      { ...own, setl_id: `S${person}-${id}`, medfee_sumamt: fee, setl_time, begndate, enddate, mid_setl_flag: mid }, { infno: '2304' },
      { mdtrtinfo: bare ? null : sample.sampleStay({ ...blank, ...stay }), diseinfo, feedetail: [], version: told(sent) })
    claims.push(claim)
    if (voided) claims.push(sample.sampleReversal(claim))
  }
  for (const [kind, infno] of [['list', '4101'], ['admission', '2401'], ['discharge', '2402']] as const) {
    const event = events[kind]
    if (event === null) continue
    const { stay, diseinfo, sent } = event
    claims.push({ ...sample.sampleHeader({ infno }), ...own, kind, version: told(sent), setl_id: '', mdtrtinfo: sample.sampleStay({ ...blank, ...stay }), diseinfo })
  }
  return claims
}

it('the store’s stays are those of the window that rules see', async () => {
  const all = fc.sample(drawn, { seed: 7, numRuns: 3000 }).map(claimsOf)
  const row = new RowWriter()
  for (const claims of all) for (const claim of claims) encodeClaimRow(row, claim, ORIGIN, 'json', new Uint8Array())
  const chunks = [row.takeChunk('claims')]
  encodeMasterRow(row, sample.sampleInstitution(HERE, { hosp_lv: '05' }), ORIGIN, 'json', new Uint8Array())
  await store.writer.write({ flags: [], deadLetters: [], chunks: [...chunks, row.takeChunk('master_data')] })

  const groups = new Map<string, number[]>()
  all.forEach((claims, person) => {
    for (const stay of naiveWindow(`P${person}`, claims).stays) {
      const { dscg_time } = stay
      if (stay.settlements.length === 0 || dscg_time === null || dscg_time < FROM || dscg_time >= TO || bedExcused(stay)) continue
      const los = calendarDays(stay.adm_time, dscg_time)
      const dept_codg = stay.dscg_dept_codg || stay.adm_dept_codg
      if (los < 1 || dept_codg === '' || stay.main_diag === '') continue
      const key = `05/${dept_codg}/${stay.main_diag.slice(0, 3)}`
      groups.set(key, [...groups.get(key) ?? [], Math.floor(stay.medfee_sumamt / los)])
    }
  })
  const expected = [...groups].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, costs]) => `${key} ${costs.length} ${costs.sort((a, b) => a - b)[costs.length >> 1]!}`)
  const rows = await store.reader.query<{ hosp_lv: string, dept_codg: string, diag_group: string, sample: number, day_cost: number }>(
    'peer_medians.computed', { from_ms: FROM, to_ms: TO, sample_min: 1, los_min: 1 })
  expect(rows.map(each => `${each.hosp_lv}/${each.dept_codg}/${each.diag_group} ${each.sample} ${each.day_cost}`)).toEqual(expected)
  expect([expected.length, [...groups.values()].flat().length > 100]).toEqual([6, true])
})
