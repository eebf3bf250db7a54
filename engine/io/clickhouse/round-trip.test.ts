import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis, Line, PersonClaim, Settlement, StayEvent, StayLines } from '../../core/claim.ts'
import { eventTimeOf } from '../../core/event-time.ts'
import { fingerprintHex } from '../../core/fingerprint.ts'
import type { FlagRow } from '../../core/flag.ts'
import type { DeadLetter, Format, Origin, RowChunk } from '../../core/ports.ts'
import { formatDate } from '../../core/time.ts'
import { claimRowId, encodeClaimRow } from '../../store/claim-row.ts'
import { RowWriter } from '../../store/row-binary.ts'
import * as sample from '../../store/samples.ts'
import { encodeMasterRow, encodeStockRow } from '../../store/stock-row.ts'
import { COLUMNS, type StoreTable } from '../../store/tables.ts'
import { openChdb } from './chdb.ts'
import type { Home } from './home.ts'
import { openStore, type Store } from './open.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-store-'))
let store: Store
let home: Home
beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
  home = await openChdb(dir)
})
afterAll(async () => {
  await home.close()
  await store.close()
  rmSync(dir, { recursive: true })
})

const ORIGIN: Origin = { source: 'file:一.ndjson', partition: 3, offset: 2 ** 40 }

/** Text as senders may write it: NUL, newlines, quotes, Chinese, emoji, long and short. */
const text = fc.oneof(
  fc.constantFrom('', '\n\n', '\u0000', "a'b\\c\td", '张某😀', '\n\n\u0000\n\n', 'x'.repeat(42), '中'.repeat(43), 'y'.repeat(20000)),
  fc.string({ unit: 'binary', maxLength: 60 })
)
const moment = fc.integer({ min: -2_208_902_400_000, max: 7_258_000_000_000 })
const whole = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0, -1))
const int32 = fc.integer()

/** An arbitrary object of the shape of `like`: every property varied by its type, moments and 32-bit numbers by name. */
function shaped<T extends object> (like: T): fc.Arbitrary<T> {
  const record: Record<string, fc.Arbitrary<unknown>> = {}
  for (const [name, value] of Object.entries(like)) {
    if (/(_time|date|brdy)$/.test(name)) record[name] = /^(setl|fee_ocur|inf|service)_time$/.test(name) ? moment : fc.option(moment)
    else if (name === 'diag_srt_no' || name === 'prd_days') record[name] = int32
    else if (typeof value === 'string') record[name] = text
    else if (typeof value === 'boolean') record[name] = fc.boolean()
    else if (typeof value === 'number') record[name] = whole
    else if (Array.isArray(value)) record[name] = fc.array(text, { maxLength: 3 })
  }
  return fc.record(record) as unknown as fc.Arbitrary<T>
}

const DIAGNOSIS = sample.sampleSettlement().diseinfo[0] as Diagnosis
const lines = fc.array(shaped<Line>(sample.sampleLine()), { maxLength: 4 })
const diagnoses = fc.array(shaped<Diagnosis>(DIAGNOSIS), { maxLength: 3 })
const stay = shaped(sample.sampleStay())
const header = shaped(sample.sampleHeader())

const settlements = fc.record({ header, setlinfo: shaped(sample.sampleSetlinfo()), stay: fc.option(stay), diagnoses, lines })
  .map(({ header, setlinfo, stay, diagnoses, lines }): Settlement =>
    sample.sampleSettlement(setlinfo, header, { mdtrtinfo: stay, diseinfo: diagnoses, feedetail: lines }))
const events = fc.record({ kind: fc.constantFrom('admission', 'discharge', 'list'), header, stay, diagnoses, mdtrt_id: text, setl_id: text })
  .map(({ header, stay, diagnoses, ...rest }) => ({
    ...header, ...rest, version: sample.sampleVersion(header.inf_time), psn_no: '', mdtrtinfo: stay, diseinfo: diagnoses
  }) as StayEvent)
const dailyLines = fc.record({ header, lines, mdtrt_id: text }).map(({ header, lines, mdtrt_id }): StayLines =>
  ({ kind: 'lines', ...header, version: sample.sampleVersion(header.inf_time), mdtrt_id, psn_no: '', feedetail: lines }))
const reversals = settlements.map(sample.sampleReversal)

const noSetlinfo = { ...sample.sampleSetlinfo(), setl_time: null as number | null }
const noStay = sample.sampleStay()
const blank = <T extends object>(like: T): T => Object.fromEntries(Object.entries(like).map(([name, value]) => {
  if (/(_time|date|brdy)$/.test(name)) return [name, null]
  return [name, typeof value === 'string' ? '' : typeof value === 'boolean' ? false : 0]
})) as T

/** The row that person.claims must give back for a claim. */
function expected (claim: PersonClaim, psn_no: string, format: Format): Record<string, unknown> {
  const info = claim.kind === 'settlement' ? claim.setlinfo : { ...blank(noSetlinfo), setl_time: claim.kind === 'reversal' ? claim.setl_time : null }
  const stay = claim.kind === 'lines' || claim.kind === 'reversal' ? null : claim.mdtrtinfo
  const { med_type, mdtrt_cert_type, ...stayFields } = stay ?? blank(noStay)
  return {
    reversed: false, kind: claim.kind, infno: claim.infno, fixmedins_code: claim.fixmedins_code, id: claimRowId(claim), msgid: claim.msgid,
    event_time: eventTimeOf(claim), inf_time: claim.inf_time, mdtrtarea_admvs: claim.mdtrtarea_admvs, insuplc_admdvs: claim.insuplc_admdvs,
    dev_no: claim.dev_no, opter_type: claim.opter_type, opter: claim.opter, ...info, psn_no, has_stay: stay !== null, ...stayFields,
    stay_med_type: med_type, stay_mdtrt_cert_type: mdtrt_cert_type,
    setl_id: claim.kind === 'settlement' ? info.setl_id : claim.kind === 'lines' ? '' : claim.setl_id,
    mdtrt_id: claim.kind === 'settlement' ? info.mdtrt_id : claim.mdtrt_id, refd_setl_id: claim.kind === 'reversal' ? claim.refd_setl_id : '',
    brdy: info.brdy === null ? null : formatDate(info.brdy), diseinfo: 'diseinfo' in claim ? claim.diseinfo : [],
    feedetail: 'feedetail' in claim ? claim.feedetail : [], source: ORIGIN.source, source_partition: ORIGIN.partition,
    source_offset: ORIGIN.offset, format
  }
}

const withPerson = (claim: PersonClaim, psn_no: string): PersonClaim =>
  claim.kind === 'settlement' ? { ...claim, setlinfo: { ...claim.setlinfo, psn_no } } : { ...claim, psn_no }

async function write (chunks: RowChunk[], rest: { flags?: FlagRow[], deadLetters?: DeadLetter[] } = {}): Promise<void> {
  await store.writer.write({ flags: rest.flags ?? [], deadLetters: rest.deadLetters ?? [], chunks })
}

let serial = 0
const nextPerson = (): string => `P${String(++serial).padStart(6, '0')}`

describe('rows on chDB', () => {
  it('has tables with exactly the columns that the encoders write', async () => {
    for (const [table, columns] of Object.entries(COLUMNS) as Array<[StoreTable, typeof COLUMNS.claims]>) {
      const answer = await home.select('SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {t:String} ORDER BY position', { t: table })
      const stored = answer.trim().split('\n').map(line => JSON.parse(line) as { name: string, type: string })
        .filter(column => !['stored_at', 'recorded_at', 'reached_at', ...table === 'progress' ? ['at'] : []].includes(column.name))
      expect(stored.map(column => [column.name, column.type.replace(/\s+/g, ' ')]), table).toEqual(columns.map(([name, type]) => [name, type]))
    }
  })

  it('keeps every value of every kind of claim, and its bytes', async () => {
    const batch = fc.array(fc.record({
      claim: fc.oneof<fc.Arbitrary<PersonClaim>[]>(settlements, events, dailyLines, reversals),
      raw: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array([10, 10, 0, 10, 10, 255]))),
      format: fc.constantFrom<Format>('json', 'msgpack')
    }), { minLength: 1, maxLength: 8 })
    await fc.assert(fc.asyncProperty(batch, async records => {
      const row = new RowWriter(64)
      const persons = records.map(nextPerson)
      for (const [i, { claim, format, raw }] of records.entries()) {
        encodeClaimRow(row, withPerson(claim, persons[i]!), ORIGIN, format, raw)
      }
      await write([row.takeChunk('claims')])
      for (const [i, { claim, format, raw }] of records.entries()) {
        const [stored, ...others] = await store.reader.query<Record<string, unknown>>('person.claims', { psn_no: persons[i]! })
        const { stored_at, ...fields } = stored!
        expect(fields).toEqual(expected(withPerson(claim, persons[i]!), persons[i]!, format))
        expect([others, typeof stored_at]).toEqual([[], 'number'])
        const [folded] = await store.reader.query<{ raw: Uint8Array }>('claims.of_persons', { psn_nos: [persons[i]!] })
        expect(folded).toMatchObject({ psn_no: persons[i]!, raw, format })
      }
    }), { numRuns: 15 })
  }, 120_000)

  it('keeps every value of flags and dead letters', async () => {
    const flag = fc.record({ shape: shaped(sample.sampleFlag()), item: shaped(sample.sampleItem()), revision: fc.nat(), values: fc.dictionary(text, fc.oneof(text, whole)) })
    const letter = fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), field: text, seen: text, offset: fc.nat() })
    await fc.assert(fc.asyncProperty(flag, letter, async ({ shape, item, revision, values }, letter) => {
      const row: FlagRow = {
        ...sample.sampleFlag(), ...shape, status: 'active', severity: 2, rule_version: 4_000_000_000, subject_kind: 'person', revision, flag_id: `f${nextPerson()}`,
        items: [{ ...item, role: 'main' }, sample.sampleItem({ role: 'involved' })], values
      }
      const dead: DeadLetter = {
        reason: 'bad_time', field: letter.field, seen: letter.seen, bytes: letter.bytes, format: 'msgpack', fixmedins_code: row.flag_id,
        inf_time: 0, origin: { ...ORIGIN, offset: letter.offset }
      }
      await write([], { flags: [row], deadLetters: [dead] })
      const [stored] = await store.reader.query<Record<string, unknown>>('flag.get', { flag_id: row.flag_id })
      expect({ ...stored, stored_at: 0 }).toEqual({ ...row, stored_at: 0 })
      const whole = await store.reader.query<FlagRow>('flags.of_persons', { psn_nos: [row.subject] })
      expect(whole.filter(({ flag_id }) => flag_id === row.flag_id)).toEqual([row]) // to the last column, or judging again would revise it
      const [kept] = await store.reader.query('dead_letters.list', { fixmedins_code: row.flag_id })
      expect(kept).toMatchObject({ bytes: letter.bytes, field: letter.field, seen: letter.seen, reason: 'bad_time', offset: letter.offset })
    }), { numRuns: 20 })
  }, 120_000)

  it('keeps stock movements and master data', async () => {
    const row = new RowWriter()
    encodeStockRow(row, sample.sampleStock({ spler_name: '供应\n\n商' }), ORIGIN, 'json', Uint8Array.of(10, 10))
    const stock = row.takeChunk('inventory')
    encodeMasterRow(row, sample.sampleInstitution('H1', { fixmedins_name: '一院\n\n', hosp_lv: '02', fixmedins_type: '1' }), ORIGIN, 'json', Uint8Array.of(10, 10, 0))
    await write([stock, row.takeChunk('master_data'), stock])
    expect(await store.reader.query('recovery.inventory')).toEqual([{
      fixmedins_code: 'H34170200001', infno: '3505', at: sample.at('2026-03-02 10:15:00'), format: 'json', raw: Uint8Array.of(10, 10),
      source: ORIGIN.source, partition: 3, offset: ORIGIN.offset
    }])
    const [master] = await store.reader.query<{ key: string, raw: Uint8Array }>('recovery.master')
    expect(master).toMatchObject({ type: 'institution', key: 'H1', raw: Uint8Array.of(10, 10, 0) })
    const supplier = await home.select('SELECT spler_name FROM inventory_v', {})
    expect(JSON.parse(supplier)).toEqual({ spler_name: '供应\n\n商' })
    const institution = await home.select("SELECT fixmedins_name, level FROM institutions_v WHERE fixmedins_code = 'H1'", {})
    expect(JSON.parse(institution)).toEqual({ fixmedins_name: '一院\n\n', level: '三级' })
  })

  it('leaves no spool files behind', () => {
    const mine = `fundwatch-${fingerprintHex(resolve(dir)).slice(0, 12)}-`
    const homes = [join(dir, 'spool'), '/dev/shm'].filter(home => existsSync(home))
    expect(homes.flatMap(home => readdirSync(home)).filter(name => name.startsWith(mine))).toEqual([])
  })
})
