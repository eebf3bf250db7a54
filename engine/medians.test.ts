/** Peer medians through the whole engine: computed from its stays, handed in, judged by; by HTTP, command line and clock. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { EXIT } from './cli/command.ts'
import { runCommandLine } from './cli/command-line.ts'
import { loadConfig } from './config.ts'
import { DAY, formatTime } from './core/time.ts'
import { exampleLine, exampleMaster, exampleReversal, exampleSettlement, exampleStaySettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-peers-'))
  dirs.push(dir)
  return dir
}

async function withEngine (dir: string, medians: 'sent' | 'monthly', work: (engine: Engine) => Promise<void>): Promise<void> {
  const env = { FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_PORT: '0', FUNDWATCH_LOG: 'error', FUNDWATCH_MEDIANS: medians }
  const engine = await startEngine(loadConfig(env), { listen: true, inbox: false })
  try {
    await work(engine)
  } finally {
    await engine.stop()
  }
}

let messages = 0
const sent = (inf_time: string) => ({ inf_time, msgid: `H34170200001202603021015${String(++messages).padStart(6, '0')}` })

/** Ten days in hospital from a morning on, `fee` yuan a day charged on ten of them. */
function stay (id: string, adm: string, fee: number): Example {
  const from = Date.parse(`${adm}T09:00:00+08:00`)
  const [end, price, whole] = [formatTime(from + 10 * DAY), `${fee}.00`, `${fee * 10}.00`]
  const feedetail = Array.from({ length: 10 }, (_, i) => exampleLine({
    feedetl_sn: String(i + 1), fee_ocur_time: formatTime(from + i * DAY), cnt: '1', pric: price, pric_uplmt_amt: price, det_item_fee_sumamt: price
  }))
  const money = { medfee_sumamt: whole, inscp_scp_amt: whole, fund_pay_sumamt: whole, hifp_pay: whole, psn_part_amt: '0', acct_pay: '0', psn_cash_pay: '0' }
  return exampleStaySettlement({
    ...sent(end), setlinfo: { setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no: `P${id}`, begndate: adm, enddate: end.slice(0, 10), setl_time: end, ...money },
    mdtrtinfo: { adm_time: formatTime(from), dscg_time: end, adm_dept_codg: 'A03', dscg_dept_codg: 'A03', adm_bed: id, dscg_bed: id }, feedetail
  })
}

const HOSPITAL = exampleMaster('institution', { valid_from: '2020-01-01', inf_time: '2020-01-01 00:00:00' })
/** Thirty stays that cost 600, 601, … yuan a day and ended in March, and a cheap one of April. */
const PEERS = Array.from({ length: 30 }, (_, i) => stay(`p${i}`, '2026-03-05', 600 + i))
const CHEAP = stay('cheap', '2026-04-02', 150)
const ELSEWHERE = exampleSettlement({
  ...sent('2026-04-06 10:00:00'), fixmedins_code: 'H34170200003',
  setlinfo: { setl_id: 'Sv', mdtrt_id: 'Mv', psn_no: 'Pcheap', setl_time: '2026-04-06 10:00:00', begndate: '2026-04-06', enddate: '2026-04-06' },
  feedetail: [exampleLine({ fee_ocur_time: '2026-04-06 10:00:00' })]
})

async function send (engine: Engine, ...records: Example[]): Promise<void> {
  const outcomes = await engine.submitPatiently(Buffer.from(JSON.stringify(records)), 'json', 'test')
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
}

async function flagged (engine: Engine): Promise<string[]> {
  await engine.settle()
  return (await engine.standingFlags()).filter(flag => flag.rule_id.startsWith('bed-') && flag.subject_kind === 'person').map(flag => `${flag.rule_id} ${flag.subject}`).sort()
}

interface HandedIn { medians: object[], added: number, corrected: number, ended: number, unchanged: number }
async function ask<T> (engine: Engine, method: 'GET' | 'POST', path: string): Promise<T> {
  const response = await fetch(`${engine.url}${path}`, { method })
  expect([path, response.status]).toEqual([path, 200])
  return await response.json() as T
}
const handIn = async (engine: Engine): Promise<HandedIn> => await ask<HandedIn>(engine, 'POST', '/v1/peer-medians?month=2026-03')
const stored = async (engine: Engine): Promise<unknown[]> => await engine.reader.query('peer_medians.handed_in', { valid_from_ms: Date.UTC(2026, 2, 31, 16) })

describe('peer medians', () => {
  it('computed and handed in raise the cheap stay, again change nothing, and let it go once too few stays are left', async () => {
    const dir = freshDir()
    const median = { hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: 61_500, sample: 30 }
    await withEngine(dir, 'sent', async engine => {
      await send(engine, HOSPITAL, ...PEERS, CHEAP, ELSEWHERE)
      expect(await flagged(engine)).toEqual(['bed-visit-elsewhere Pcheap'])
      expect(await ask(engine, 'GET', '/v1/peer-medians?month=2026-03')).toMatchObject({ medians: [median], valid_from: '2026-04-01' })
      expect([await stored(engine), await flagged(engine)]).toEqual([[], ['bed-visit-elsewhere Pcheap']])
      expect(await handIn(engine)).toMatchObject({ medians: [median], added: 1, unchanged: 0, rejected: 0 })
      expect((await engine.standingFlags()).map(flag => flag.rule_id)).toContain('bed-low-day-cost') // answered means durable: no settle() before
      expect(await handIn(engine)).toMatchObject({ medians: [median], added: 0, corrected: 0, unchanged: 1 })
      expect(await stored(engine)).toMatchObject([{ source: 'medians', day_cost: 61_500, sample: 30, inf_time: Date.UTC(2026, 2, 31, 16) }])
    })
    await withEngine(dir, 'sent', async engine => {
      expect(await flagged(engine)).toEqual(['bed-low-day-cost Pcheap', 'bed-visit-elsewhere Pcheap'])
      expect(await ask(engine, 'GET', '/v1/bed-hanging')).toMatchObject({
        stays: [{ severity: 2, psn_no: 'Pcheap', mdtrt_id: 'Mcheap', money: { total: 150_000 }, signals: [{ rule_id: 'bed-low-day-cost' }, { rule_id: 'bed-visit-elsewhere' }] }]
      })
      await send(engine, exampleReversal({ ...sent('2026-04-13 10:00:00'), infno: '2305', setlinfo: { setl_id: 'Sp0', mdtrt_id: 'Mp0', psn_no: 'Pp0', refd_setl_id: 'Sp0R', setl_time: '2026-04-13 10:00:00' } }))
      expect(await handIn(engine)).toMatchObject({ medians: [], added: 0, corrected: 0, ended: 1 })
      expect(await flagged(engine)).toEqual(['bed-visit-elsewhere Pcheap'])
      await send(engine, stay('more', '2026-03-06', 900))
      expect(await handIn(engine)).toMatchObject({ medians: [{ ...median, day_cost: 61_600 }], corrected: 1, ended: 0 })
      expect(await flagged(engine)).toEqual(['bed-low-day-cost Pcheap', 'bed-visit-elsewhere Pcheap'])
    })
  }, 60_000)

  it('are computed by the engine itself when event time enters a month, if it is told to, and by a restart not again', async () => {
    const dir = freshDir()
    await withEngine(dir, 'monthly', async engine => {
      await send(engine, HOSPITAL, ...PEERS)
      await expect.poll(async () => await engine.reader.query('store.counts')).toContainEqual({ table: 'master_data', rows: 1 })
      expect(await stored(engine)).toEqual([])
      await send(engine, CHEAP)
      await expect.poll(async () => await flagged(engine), { timeout: 15_000 }).toEqual(['bed-low-day-cost Pcheap'])
    })
    let before: unknown[] = []
    await withEngine(dir, 'sent', async engine => { before = await stored(engine) })
    await withEngine(dir, 'monthly', async engine => {
      await new Promise(resolve => setTimeout(resolve, 2500)) // two heartbeats
      expect(await stored(engine)).toEqual(before)
      expect(await flagged(engine)).toEqual(['bed-low-day-cost Pcheap'])
    })
  }, 60_000)

  it('are shown and handed in from the command line', async () => {
    const dir = freshDir()
    await withEngine(dir, 'sent', async engine => {
      let stdout = ''
      vi.spyOn(process.stdout, 'write').mockImplementation(text => { stdout += String(text); return true })
      vi.stubEnv('FUNDWATCH_DATA_DIR', dir)
      const run = async (...argv: string[]): Promise<string> => {
        stdout = ''
        expect(await runCommandLine(['medians', ...argv])).toBe(EXIT.ok)
        return stdout
      }
      await send(engine, HOSPITAL, ...PEERS)
      await expect(runCommandLine(['medians', '--month', '2026-03'])).rejects.toThrow('have not come to the end of 2026-03 yet')
      await send(engine, CHEAP)
      const shown = await run('--month', '2026-03', '--dry-run')
      for (const said of ['出院日期 2025-04-01 至 2026-03-31', '每组不少于 30 例，共 1 组', '适用于 2026-04-01 起、2026-05-01 前', '615.00', '未提交']) expect(shown).toContain(said)
      expect(await stored(engine)).toEqual([])
      expect(await run()).toContain('已提交 handed in：新增 1，更正 0，停用 0，未变 0，沿用外部报送 0，拒收 0')
      expect(JSON.parse(await run('--month', '2026-03', '--json'))).toMatchObject({ month: '2026-03', added: 0, unchanged: 1 })
      expect(await flagged(engine)).toEqual(['bed-low-day-cost Pcheap'])
      await expect(runCommandLine(['medians', '--month', 'March'])).rejects.toThrow('--month must be a month, yyyy-MM, not March')
    })
  }, 60_000)
})
