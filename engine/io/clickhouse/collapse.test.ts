import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonClaim, Settlement } from '../../core/claim.ts'
import { EngineError } from '../../core/errors.ts'
import { eventTimeOf } from '../../core/event-time.ts'
import type { FlagRow } from '../../core/flag.ts'
import type { DeadLetter, RowChunk, StoreBatch } from '../../core/ports.ts'
import { encodeClaimRow } from '../../store/claim-row.ts'
import { RowWriter } from '../../store/row-binary.ts'
import * as sample from '../../store/samples.ts'
import { encodeMasterRow } from '../../store/stock-row.ts'
import { openStore, type Store } from './open.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-store-'))
let store: Store
beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const ORIGIN = { source: 'http', partition: 0, offset: 7 }
const chunkOf = (...claims: PersonClaim[]): RowChunk => {
  const row = new RowWriter()
  for (const claim of claims) encodeClaimRow(row, claim, ORIGIN, 'json', Buffer.from(JSON.stringify(claim)))
  return row.takeChunk('claims')
}
const batchOf = (batch: Partial<StoreBatch>): StoreBatch => ({ flags: [], deadLetters: [], chunks: [], ...batch })
const ask = async <T>(...question: Parameters<Store['reader']['query']>): Promise<T[]> => await store.reader.query<T>(...question)

describe('the store', () => {
  it('applies migrations once', async () => {
    expect(await store.migrate()).toEqual({ applied: [], known: 8 })
  })

  it('collapses an identical batch written again', async () => {
    const letter: DeadLetter = {
      reason: 'not_json', field: '', seen: '', bytes: Uint8Array.of(123, 10, 10), format: 'json', fixmedins_code: '', inf_time: 0, origin: ORIGIN
    }
    const batch = batchOf({
      flags: [sample.sampleFlag({ flag_id: 'again' })], deadLetters: [letter, { ...letter, bytes: Uint8Array.of(1) }],
      chunks: [chunkOf(sample.sampleSettlement({ setl_id: 'again', psn_no: 'again' }))]
    })
    const before = await ask('store.counts')
    await store.writer.write(batch)
    const after = await ask<{ table: string, rows: number }>('store.counts')
    await store.writer.write(batch)
    expect(await ask('store.counts')).toEqual(after)
    expect(after).not.toEqual(before)
    expect(await ask('person.claims', { psn_no: 'again' })).toHaveLength(1)
    expect(await ask('dead_letters.reasons')).toEqual([{ fixmedins_code: '', reason: 'not_json', field: '', letters: 2 }])
    expect(await ask('store.offsets')).toEqual([{ source: 'http', partition: 0, last_offset: 7 }])
  })

  it('never lets a lower revision of a flag win, whatever came last', async () => {
    const flag = sample.sampleFlag({ flag_id: 'revised', subject: 'revised', revision: 10 })
    const later: FlagRow = { ...flag, revision: 20, status: 'retracted', items: [], fund_pay_sumamt: 0 }
    await store.writer.write(batchOf({ flags: [later] }))
    await store.writer.write(batchOf({ flags: [flag] }))
    expect(await ask('person.flags', { psn_no: 'revised' })).toEqual([])
    expect(await ask('person.flags', { psn_no: 'revised', status: '' })).toMatchObject([{ revision: 20, status: 'retracted' }])
  })

  it('keeps the greatest version of a claim and voids what was reversed, in either order', async () => {
    const header = { inf_time: sample.at('2026-03-05 10:00:00') }
    const first = sample.sampleSettlement({ setl_id: 'C1', psn_no: 'corrected', medfee_sumamt: 100 })
    const corrected = sample.sampleSettlement({ setl_id: 'C1', psn_no: 'corrected', medfee_sumamt: 90 }, header)
    const tied = { ...corrected, version: { ...corrected.version, contentHi: -1 }, setlinfo: { ...corrected.setlinfo, medfee_sumamt: 80 } }
    for (const claim of [tied, corrected, first]) await store.writer.write(batchOf({ chunks: [chunkOf(claim)] }))
    expect(await ask('person.claims', { psn_no: 'corrected' })).toMatchObject([{ medfee_sumamt: 80, reversed: false }])
    const together = (setl_id: string): PersonClaim[] => [first, tied, corrected, first, tied].map(claim =>
      ({ ...claim, setlinfo: { ...claim.setlinfo, setl_id, psn_no: 'b-together' } }))
    await store.writer.write(batchOf({ chunks: [chunkOf(...together('T1'), ...together('T2')), chunkOf(...together('T1'))] }))
    expect(await ask('person.claims', { psn_no: 'b-together' })).toMatchObject([{ id: 'T1', medfee_sumamt: 80 }, { id: 'T2', medfee_sumamt: 80 }])
    await store.writer.write(batchOf({ chunks: [chunkOf(sample.sampleReversal(tied))] }))
    await store.writer.write(batchOf({ chunks: [chunkOf(corrected)] }))
    expect(await ask('person.claims', { psn_no: 'corrected' })).toMatchObject([{ medfee_sumamt: 80, reversed: true }, { kind: 'reversal' }])
    expect(await ask('claims.of_persons', { psn_nos: ['corrected'] })).toHaveLength(2)
    expect(await ask('claims.settlement', { fixmedins_code: first.fixmedins_code, setl_id: 'C1' })).toMatchObject([
      { kind: 'reversal', psn_no: 'corrected' }, { kind: 'settlement' }])
  })

  it('writes one batch after the other and says which kind of error stopped one', async () => {
    const broken = store.writer.write(batchOf({ chunks: [{ table: 'claims', rows: 1, bytes: Uint8Array.of(1, 2) }] }))
    const good = store.writer.write(batchOf({ flags: [sample.sampleFlag({ flag_id: 'after-error' })] }))
    await expect(broken).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED', name: 'EngineError' })
    await expect(broken).rejects.toBeInstanceOf(EngineError)
    await good
    expect(await ask('flag.get', { flag_id: 'after-error' })).toHaveLength(1)
  })

  it('pages the queue by money × severity without gap or repeat, and filters it', async () => {
    const flags = Array.from({ length: 7 }, (_, i) => sample.sampleFlag({
      flag_id: `queue-${i}`, rule_id: 'queued', severity: i === 0 ? 1 : 3, fund_pay_sumamt: 100 * Math.ceil(i / 2), acct_pay: 50,
      service_time: sample.at('2026-03-01') + i, area: i < 3 ? '341702' : '310000'
    }))
    await store.writer.write(batchOf({ flags }))
    const pages: string[][] = []
    let after: { after_rank?: number, after_id?: string } = {}
    for (;;) {
      const page = await ask<FlagRow & { rank: number }>('flags.list', { rule_id: 'queued', limit: 3, ...after })
      if (page.length === 0) break
      pages.push(page.map(flag => flag.flag_id))
      const last = page.at(-1)!
      after = { after_rank: last.rank, after_id: last.flag_id }
    }
    expect(pages).toEqual([['queue-0', 'queue-5', 'queue-6'], ['queue-3', 'queue-4', 'queue-1'], ['queue-2']])
    const newest = await ask<FlagRow>('flags.list', { rule_id: 'queued', order: 'newest', limit: 2, area: '34' })
    expect(newest.map(flag => flag.flag_id)).toEqual(['queue-2', 'queue-1'])
    expect(await ask('flags.count', { rule_id: 'queued', severity: 1 })).toEqual([{ flags: 1, flags_high: 1, flags_mid: 0, flags_low: 0 }])
    const from_ms = sample.at('2026-03-01') + 2
    expect(await ask('flags.list', { rule_id: 'queued', from_ms, to_ms: from_ms + 2 })).toHaveLength(2)
  })

  it('shows a flag’s claims as received and who is responsible', async () => {
    const lines = [sample.sampleLine({ feedetl_sn: '1' }), sample.sampleLine({ feedetl_sn: '2', bilg_dr_codg: 'D2', det_item_fee_sumamt: 5 })]
    const settled = sample.sampleSettlement({ setl_id: 'E1', mdtrt_id: 'EM', psn_no: 'evidence' }, {}, { feedetail: lines, mdtrtinfo: sample.sampleStay() })
    const admission: PersonClaim = {
      kind: 'admission', ...sample.sampleHeader({ infno: '2401' }), version: settled.version, mdtrt_id: 'EM', psn_no: 'evidence', setl_id: '',
      mdtrtinfo: sample.sampleStay(), diseinfo: []
    }
    const other = sample.sampleSettlement({ setl_id: 'E2', mdtrt_id: 'EN', psn_no: 'evidence' })
    const row = new RowWriter()
    encodeMasterRow(row, { ...sample.sampleInstitution('D2', { name: '李医生' }), type: 'practitioner' }, ORIGIN, 'json', new Uint8Array())
    await store.writer.write(batchOf({
      flags: [sample.sampleFlag({ flag_id: 'shown', subject: 'evidence', items: [sample.sampleItem({ setl_id: 'E1', mdtrt_id: 'EM', lines: ['2'] })] })],
      chunks: [chunkOf(settled, admission, other), row.takeChunk('master_data')]
    }))
    expect(await ask('flag.claims', { flag_id: 'shown' })).toMatchObject([
      { kind: 'admission', role: 'main' },
      { kind: 'settlement', setl_id: 'E1', flagged_lines: ['2'], reversed: false, feedetail: lines, adm_time: sample.at('2026-02-20 09:00:00') }])
    const responsible = await ask('flag.responsible', { flag_id: 'shown' })
    expect(responsible).toContainEqual({ role: 'billing_doctor', code: 'D2', name: '李医生', lines: 1, det_item_fee_sumamt: 5 })
    expect(responsible).toContainEqual({ role: 'operator', code: 'op12', name: '', lines: 0, det_item_fee_sumamt: 0 })
    expect(responsible).toHaveLength(5)
  })

  it('pages recovery by person, each page in canonical order, and master data by key', async () => {
    const claims = ['r1', 'r2', 'r3'].flatMap((psn_no, i) => [3, 1, 2].map(n =>
      sample.sampleSettlement({ psn_no, setl_id: `${psn_no}-${n}`, setl_time: sample.at(`2025-0${n}-01`) - i }, {}, { mdtrtinfo: null })))
    await store.writer.write(batchOf({ chunks: [chunkOf(...claims)] }))
    const page = async (after_psn_no: string): Promise<string[]> =>
      (await ask<{ id: string }>('recovery.claims', { after_psn_no, persons: 2 })).map(row => row.id)
    expect(await page('r0')).toEqual(['r2-1', 'r1-1', 'r2-2', 'r1-2', 'r2-3', 'r1-3'])
    expect(await page('r2')).toEqual(['r3-1', 'r3-2', 'r3-3'])
    expect(await page('r3')).toEqual([])
    const row = new RowWriter()
    for (const inf of [1, 2]) {
      encodeMasterRow(row, { ...sample.sampleInstitution('k', {}), type: 'catalogue', valid_from: inf }, ORIGIN, 'json', new Uint8Array())
    }
    await store.writer.write(batchOf({ chunks: [row.takeChunk('master_data')] }))
    expect(await ask('recovery.master', { limit: 1 })).toMatchObject([{ key: 'k', valid_from: 1 }, { key: 'k', valid_from: 2 }])
  })

  it('gives every flag an identity that changes with its content only', async () => {
    const ids = async (): Promise<Map<string, string>> =>
      new Map((await ask<{ flag_id: string, digest: string }>('flags.ids')).map(row => [row.flag_id, row.digest]))
    await store.writer.write(batchOf({ flags: [sample.sampleFlag({ flag_id: 'same' })] }))
    const digest = (await ids()).get('same')
    await store.writer.write(batchOf({ flags: [sample.sampleFlag({ flag_id: 'same' })] }))
    expect((await ids()).get('same')).toBe(digest)
    await store.writer.write(batchOf({ flags: [sample.sampleFlag({ flag_id: 'same', sentence_zh: '不同' })] }))
    expect((await ids()).get('same')).not.toBe(digest)
  })

  it('finds the persons whom changed reference data may touch, from the moment of the change on', async () => {
    const visit = (psn_no: string, fixmedins_code: string, lines: boolean, med_list_codg: string): Settlement => {
      const claim = sample.sampleSettlement({ setl_id: `T-${psn_no}`, psn_no }, { fixmedins_code })
      const trace_codes = [`${med_list_codg}01-7000`, '8199999-2']
      return { ...claim, feedetail: lines ? [{ ...claim.feedetail[0]!, med_list_codg, trace_codes }] : [] }
    }
    const stay = { ...visit('touch-stay', 'TH3', true, 'TX3'), mdtrtinfo: sample.sampleStay({ adm_dept_codg: 'A07', dscg_dept_codg: 'B09' }) }
    await store.writer.write(batchOf({ chunks: [chunkOf(
      visit('touch-a', 'TH1', true, 'TX1'), visit('touch-b', 'TH2', true, 'TX2'), visit('touch-c', 'TH2', false, ''), stay
    )] }))
    const at = eventTimeOf(visit('touch-a', 'TH1', true, 'TX1'))
    const touched = async (given: Record<string, number | readonly string[]>, persons = 10, after_psn_no = 'touch'): Promise<string[]> =>
      (await ask('claims.touched', { after_psn_no, persons, ...given }) as Array<{ psn_no: string }>).map(row => row.psn_no).filter(psn_no => psn_no.startsWith('touch'))
    expect(await touched({ institutions: ['TH1', 'TH2'] })).toEqual(['touch-a', 'touch-b', 'touch-c'])
    expect(await touched({ institutions: ['TH1', 'TH2'] }, 1, 'touch-a')).toEqual(['touch-b'])
    expect(await touched({ institutions: ['TH1'], institutions_since_ms: at })).toEqual(['touch-a'])
    expect(await touched({ institutions: ['TH1'], institutions_since_ms: at + 1 })).toEqual([])
    expect(await touched({ items: ['TX2', 'TX9'] })).toEqual(['touch-b', 'touch-c']) // whose lines are not kept may have any
    expect(await touched({ items: ['TX2'], items_since_ms: at + 1 })).toEqual([])
    expect(await touched({ prefixes: ['TX201-7', '8100000'] })).toEqual(['touch-b', 'touch-c'])
    expect(await touched({ prefixes: ['8199999'] })).toEqual(['touch-a', 'touch-b', 'touch-c', 'touch-stay'])
    expect(await touched({ prefixes: ['8199999'], prefixes_since_ms: at + 1 })).toEqual([])
    expect(await touched({ departments: ['B09'] })).toEqual(['touch-stay'])
    expect(await touched({ departments: ['none'] })).toEqual([])
    expect(await touched({})).toEqual([])
  })
})
