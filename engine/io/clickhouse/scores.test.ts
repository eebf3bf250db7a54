import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlagRow } from '../../core/flag.ts'
import { DAY } from '../../core/time.ts'
import { encodeClaimRow } from '../../store/claim-row.ts'
import { RowWriter } from '../../store/row-binary.ts'
import * as sample from '../../store/samples.ts'
import { encodeMasterRow } from '../../store/stock-row.ts'
import { openStore, type Store } from './open.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-scores-'))
const ORIGIN = { source: 'test', partition: 0, offset: 0 }
const NOW = sample.at('2026-04-01')
const MONEY_AT = NOW - 300 * DAY
let store: Store

const flag = (flag_id: string, fixmedins_code: string, more: Partial<FlagRow>): FlagRow =>
  sample.sampleFlag({ flag_id, fixmedins_code, fund_pay_sumamt: 0, acct_pay: 0, service_time: NOW, items: [], ...more })

beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
  const row = new RowWriter()
  const settle = (fixmedins_code: string, setl_id: string, setl_time: number, fund = 0): void => {
    const info = { setl_id, psn_no: setl_id, setl_time, medfee_sumamt: fund, fund_pay_sumamt: fund, acct_pay: 0 }
    encodeClaimRow(row, sample.sampleSettlement(info, { fixmedins_code }), ORIGIN, 'json', new Uint8Array())
  }
  for (let i = 0; i < 300; i++) settle('A', `a${i}`, MONEY_AT)
  for (let i = 0; i < 100; i++) settle('B', `b${i}`, MONEY_AT)
  for (let i = 0; i < 100; i++) settle('B', `old${i}`, NOW - 400 * DAY)
  settle('C', 'c', MONEY_AT, 100000001)
  for (let i = 0; i < 21; i++) settle(`P${i}`, `p${i}`, NOW)
  const chunk = row.takeChunk('claims')
  for (const [key, hosp_lv] of [['A', '06'], ['B', '07'], ['C', '02']] as const) {
    encodeMasterRow(row, sample.sampleInstitution(key, { fixmedins_type: '1', hosp_lv, fixmedins_name: key }), ORIGIN, 'json', new Uint8Array())
  }
  const flags = [
    flag('a1', 'A', { severity: 2, rule_id: 'split', fund_pay_sumamt: 60000, acct_pay: 40000 }),
    flag('a2', 'A', { severity: 3, rule_id: 'split', service_time: NOW - 90 * DAY }),
    flag('a3', 'A', { severity: 1, rule_id: 'sex', service_time: NOW - 180 * DAY, fund_pay_sumamt: 900000 }),
    flag('later', 'A', { severity: 1, rule_id: 'sex', service_time: NOW + DAY }),
    flag('gone', 'A', { severity: 1, rule_id: 'sex', status: 'retracted' }),
    flag('nobody', '', { severity: 1 }),
    flag('c1', 'C', { subject: 'c', severity: 3, rule_id: 'bed', service_time: MONEY_AT, items: [sample.sampleItem({ fixmedins_code: 'C', setl_id: 'c' })] }),
    flag('p0', 'P0', { severity: 3 }), flag('p1', 'P1', { severity: 3 }), flag('p1b', 'P1', { severity: 3 }),
    ...[1, 2, 3].map(n => flag(`p2-${n}`, 'P2', { severity: 2, service_time: NOW - 29 * DAY }))
  ]
  await store.writer.write({ flags, deadLetters: [], chunks: [chunk, row.takeChunk('master_data')] })
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

interface Score { fixmedins_code: string, level: string, score: number, points: number, as_of_time: number, reasons: Array<{ zh: string }>, parts: unknown[] }
const scores = async (as_of_ms = 0): Promise<Map<string, Score>> =>
  new Map((await store.reader.query<Score>('scores.list', { as_of_ms })).map(row => [row.fixmedins_code, row]))

describe('early-warning scores', () => {
  it('weigh severity, age and money, and shrink towards the peers', async () => {
    // 中, today, 1000 yuan: 3 × (1 + log10 2) = 3.90309 · 低, 90 days, no money: 1 × 0.5 = 0.5 · 高, 180 days, 9000 yuan: 10 × 0.25 × 2 = 5
    // Peers A and B: 9.40309 points on 300 + 100 settlements. A: 1000 × (9.40309 + 200 × 0.023507725) / 500; B: 1000 × 4.701545 / 300.
    const all = await scores()
    expect(all.get('A')).toMatchObject({
      as_of_time: NOW, peers: '二级', peer_count: 2, settlements: 300, flags: 3, points: 9.403, score: 28.209, level: '', basis: 'engineering',
      parts: [
        { rule_id: 'sex', severity: 1, flags: 1, points: 5 }, { rule_id: 'split', severity: 2, flags: 1, points: 3.903 },
        { rule_id: 'split', severity: 3, flags: 1, points: 0.5 }]
    })
    expect(all.get('B')).toMatchObject({ settlements: 100, points: 0, score: 15.672, level: '', parts: [] })
    expect(all.has('')).toBe(false)
  })

  it('stand relative to the date asked for', async () => {
    // Only the flag of that day: 10 × 2 = 20 points on 300 + 200 settlements of peers. 1000 × (20 + 200 × 0.04) / 500.
    const then = (await scores(NOW - 180 * DAY)).get('A')
    expect(then).toMatchObject({ points: 20, score: 56, level: '橙', as_of_time: NOW - 180 * DAY })
    expect(then?.reasons).toEqual([{ level: '橙', zh: '30日内有高级别疑点' }])
  })

  it('rise with suspected money, with 中 flags of a month, and with 低 flags beyond the peers’ percentiles', async () => {
    const all = await scores()
    expect(all.get('C')).toMatchObject({ level: '红', suspected_money: 100000001, reasons: [
      { level: '红', zh: '一年内疑点金额超过严重失信档金额' }, { level: '橙', zh: '一年内疑点金额超过10万元' }] })
    expect(all.get('P2')).toMatchObject({ level: '黄', reasons: [{ level: '黄', zh: '30日内中级别疑点不少于3条' }] })
    // 21 pharmacies, one with one 低 flag of the week, one with two: P90 is 0, P95 the rate of the former.
    expect(all.get('P0')).toMatchObject({ level: '蓝', peer_count: 21 })
    expect(all.get('P1')).toMatchObject({ level: '黄' })
    expect(all.get('P3')).toMatchObject({ level: '' })
    const order = (await store.reader.query<Score>('scores.list', { limit: 4 })).map(row => row.level)
    expect(order).toEqual(['红', '黄', '黄', '蓝'])
  })

  it('turn red for overlapping stays', async () => {
    await store.writer.write({ flags: [flag('grave', 'B', { severity: 1, rule_id: 'overlapping-stays' })], deadLetters: [], chunks: [] })
    expect((await scores()).get('B')).toMatchObject({ level: '红', reasons: [{ zh: '一年内有重叠住院或死亡后就医疑点' }, { zh: '30日内有高级别疑点' }] })
  })
})
