/** The whole engine: real lanes, a real store in a directory of its own, and what must stand whatever happens on the way. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { generate } from '../bench/workload/generate.ts'
import { labelId } from '../bench/workload/label.ts'
import type { Raw } from '../bench/workload/types.ts'
import { loadConfig } from './config.ts'
import { fingerprintHex, taskOf } from './core/fingerprint.ts'
import type { Outcome, StandingFlag } from './core/ports.ts'
import { DAY, formatTime } from './core/time.ts'
import { exampleLine, exampleReversal, exampleSettlement, exampleStaySettlement, overridden } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { openConfiguredStore, startEngine } from './main.ts'
import type { Engine } from './main.ts'

const TASKS = 64
const PIECE = 150
const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })

function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-main-'))
  dirs.push(dir)
  return dir
}

async function start (dir: string, lanes: number): Promise<Engine> {
  return await startEngine(loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: String(lanes), FUNDWATCH_LOG: 'error' }), { listen: false, inbox: false })
}

async function withEngine<T> (dir: string, lanes: number, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await start(dir, lanes)
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

const linesOf = (records: readonly Raw[]): Buffer => Buffer.from(records.map(record => `${JSON.stringify(record)}\n`).join(''))

/** Feeds records in order, in pieces, several under way at once. `between` is called after each piece was handed over. */
async function feed (engine: Engine, records: readonly Raw[], between: (piece: number) => Promise<void> = async () => {}): Promise<Outcome[]> {
  const pieces: Array<Promise<Outcome[]>> = []
  for (let at = 0; at < records.length; at += PIECE) {
    pieces.push(engine.submitPatiently(linesOf(records.slice(at, at + PIECE)), 'json', 'test'))
    await between(pieces.length)
  }
  const outcomes = (await Promise.all(pieces)).flat()
  await engine.settle()
  return outcomes
}

async function send (engine: Engine, record: Example): Promise<Outcome> {
  const outcomes = await engine.submitPatiently(Buffer.from(JSON.stringify(record)), 'json', 'test')
  expect(outcomes).toHaveLength(1)
  return outcomes[0]!
}

function tally (outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** What two runs must agree on. */
function content (flags: readonly StandingFlag[]): Record<string, string> {
  return Object.fromEntries(flags.map(f => [f.flag_id, [f.rule_id, f.subject, f.severity, f.medfee_sumamt, f.fund_pay_sumamt, f.acct_pay].join(' ')]))
}

const workload = generate({ seed: 11, claims: 1500 })
const records = [...workload.records]
const expected = Object.fromEntries(workload.labels.map(label =>
  [labelId(label), `${label.rule} ${label.shared?.key ?? label.psn_no} ${label.severity}`]))
const severities = (flags: readonly StandingFlag[]): Record<string, string> =>
  Object.fromEntries(flags.map(f => [f.flag_id, `${f.rule_id} ${f.subject} ${f.severity}`]))

describe('a labelled workload', () => {
  let first: Record<string, string>

  it('ends with exactly the labelled flags; sent again it changes nothing; neither does a restart', async () => {
    expect(workload.labels.length).toBeGreaterThan(50)
    const dir = freshDir()
    await withEngine(dir, 1, async engine => {
      const once = tally(await feed(engine, records))
      expect(once['rejected']).toBeUndefined()
      const standing = await engine.standingFlags()
      expect(severities(standing)).toEqual(expected)
      first = content(standing)
      const again = tally(await feed(engine, records))
      expect(Object.keys(again).sort()).toEqual(['duplicate', 'learned', 'superseded'])
      expect(content(await engine.standingFlags())).toEqual(first)
    })
    await withEngine(dir, 2, async engine => { // a store does not care how many lanes fill it
      expect(engine.status().recovered_claims).toBeGreaterThan(1400)
      expect(content(await engine.standingFlags())).toEqual(first)
      await feed(engine, records.slice(-400))
      expect(content(await engine.standingFlags())).toEqual(first)
    })
  }, 60_000)

  it.each([2, 3])('gives the same flags with %i lanes', async lanes => {
    await withEngine(freshDir(), lanes, async engine => {
      await feed(engine, records)
      expect(content(await engine.standingFlags())).toEqual(first)
    })
  }, 60_000)

  it('gives the same flags when lanes die on the way', async () => {
    await withEngine(freshDir(), 2, async engine => {
      await feed(engine, records, async piece => {
        if (piece % 5 === 3) await new Promise(resolve => setTimeout(resolve, 40))
        if (piece % 5 === 4) await engine.loseLane(piece % 2)
      })
      await engine.loseLane(0)
      await engine.settle()
      expect(content(await engine.standingFlags())).toEqual(first)
    })
  }, 60_000)
})

const FIX = 'H34170200001'
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)
let messages = 0
const sent = (inf_time: number) => ({ inf_time: formatTime(inf_time), msgid: `H34170200001202603021015${String(++messages).padStart(6, '0')}` })

/** A settled stay at one institution with fees every day. */
function stay (psn_no: string, id: string, adm: string, days: number): Example {
  const from = at(`${adm} 09:00:00`)
  const to = from + days * DAY
  const feedetail = Array.from({ length: days + 1 }, (_, i) => exampleLine({
    feedetl_sn: String(i + 1), fee_ocur_time: formatTime(from + i * DAY), cnt: '1', pric: '100.00', pric_uplmt_amt: '100.00', det_item_fee_sumamt: '100.00'
  }))
  const whole = `${(days + 1) * 100}.00`
  return exampleStaySettlement({
    ...sent(to),
    setlinfo: {
      setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no, begndate: adm, enddate: formatTime(to).slice(0, 10), setl_time: formatTime(to), medfee_sumamt: whole,
      inscp_scp_amt: whole, fund_pay_sumamt: whole, hifp_pay: whole, psn_part_amt: '0', acct_pay: '0', psn_cash_pay: '0'
    },
    mdtrtinfo: { adm_time: formatTime(from), dscg_time: formatTime(to) },
    feedetail
  })
}

const visit = (psn_no: string, id: string, time: string): Example => exampleSettlement({
  ...sent(at(time)), setlinfo: { setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no, setl_time: time, begndate: time.slice(0, 10), enddate: time.slice(0, 10) },
  feedetail: [exampleLine({ fee_ocur_time: time })]
})

const splitFlag = (psn_no: string, id: string): string => fingerprintHex('split-hospitalisation', 'person', psn_no, FIX, `M${id}`)
async function stands (engine: Engine, flag_id: string): Promise<boolean> {
  await engine.settle()
  return (await engine.standingFlags()).some(flag => flag.flag_id === flag_id)
}

/** Another person of the same task. */
function neighbourOf (psn_no: string): string {
  for (let i = 0; ; i++) if (taskOf(`N${i}`, TASKS) === taskOf(psn_no, TASKS)) return `N${i}`
}

describe('a crash between flags and claims', () => {
  it('leaves flags that the next start takes back, and that stand again once their claims are sent again', async () => {
    const [whole, cut] = [freshDir(), freshDir()]
    const [first, second, news] = [stay('P-cut', '1', '2026-03-01', 5), stay('P-cut', '2', '2026-03-08', 4), visit('P-new', '9', '2026-03-13 10:00:00')]
    const flags = await withEngine(whole, 1, async engine => {
      await send(engine, first)
      const outcome = await send(engine, second)
      return outcome.status === 'rejected' ? [] : outcome.flags
    })
    expect(flags.map(flag => flag.flag_id)).toEqual([splitFlag('P-cut', '2')])
    await withEngine(cut, 1, async engine => { for (const record of [first, news]) await send(engine, record) })
    for (const sentAgain of [false, true]) {
      const store = await openConfiguredStore(loadConfig({ FUNDWATCH_DATA_DIR: cut }))
      await store.writer.write({ flags, deadLetters: [], chunks: [] })
      await store.close()
      await withEngine(cut, 2, async engine => {
        expect(await stands(engine, splitFlag('P-cut', '2'))).toBe(false)
        if (sentAgain) expect(await send(engine, second)).toMatchObject({ status: 'judged' })
        expect(await stands(engine, splitFlag('P-cut', '2'))).toBe(sentAgain)
      })
    }
    await withEngine(cut, 1, async engine => { expect(await stands(engine, splitFlag('P-cut', '2'))).toBe(true) })
  })
})

describe('time', () => {
  it('judges a later claim with the window that a restart brought back', async () => {
    const dir = freshDir()
    await withEngine(dir, 2, async engine => { expect(await send(engine, stay('P-window', '1', '2026-03-01', 5))).toMatchObject({ status: 'judged', flags: [] }) })
    await withEngine(dir, 1, async engine => {
      const outcome = await send(engine, stay('P-window', '2', '2026-03-08', 4))
      expect(outcome).toMatchObject({ status: 'judged', flags: [{ flag_id: splitFlag('P-window', '2'), status: 'active', severity: 2 }] })
      expect(await stands(engine, splitFlag('P-window', '2'))).toBe(true)
    })
  })

  it.each([['', 'in one life of the engine'], ['restarted', 'with a restart before each step']])('judges what is too late for memory from the store %s', async restarted => {
    const dir = freshDir()
    let engine = await start(dir, 2)
    const again = async (): Promise<void> => {
      if (restarted === '') return
      await engine.stop()
      engine = await start(dir, 2)
    }
    try {
      const neighbour = neighbourOf('P-late')
      await send(engine, stay('P-late', '2', '2026-01-10', 5))
      for (const [id, day] of [['n1', '02-10'], ['n2', '03-10'], ['n3', '04-01']] as const) await send(engine, visit(neighbour, id, `2026-${day} 10:00:00`))
      expect(await stands(engine, splitFlag('P-late', '2'))).toBe(false)
      await again()
      const late = await send(engine, stay('P-late', '1', '2026-01-02', 5))
      expect(late).toMatchObject({ status: 'late', flags: [{ flag_id: splitFlag('P-late', '2'), status: 'active' }] })
      expect(await stands(engine, splitFlag('P-late', '2'))).toBe(true)
      await again()
      const reversed = { setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P-late', refd_setl_id: 'S1R', setl_time: '2026-01-20 10:00:00' }
      const reversal = exampleReversal({ ...sent(at('2026-04-02 10:00:00')), infno: '2305', setlinfo: reversed })
      expect(await send(engine, reversal)).toMatchObject({ status: 'late', flags: [{ flag_id: splitFlag('P-late', '2'), status: 'retracted' }] })
      expect(await stands(engine, splitFlag('P-late', '2'))).toBe(false)
      await again()
      expect(await stands(engine, splitFlag('P-late', '2'))).toBe(false)
    } finally {
      await engine.stop()
    }
  }, 60_000)

  it('refuses what claims to come from the future, so that it makes nobody late', async () => {
    const dir = freshDir()
    await withEngine(dir, 1, async engine => {
      const now = Date.now()
      const psn_no = 'P-now'
      const soon = overridden(visit(psn_no, 'soon', formatTime(now)), { inf_time: formatTime(now + 1.9 * DAY) })
      const far = overridden(visit(neighbourOf(psn_no), 'far', formatTime(now + 365 * DAY)), sent(now + 365 * DAY))
      expect(await send(engine, soon)).toMatchObject({ status: 'judged' })
      expect(await send(engine, far)).toMatchObject({ status: 'rejected', rejection: { reason: 'impossible_dates', field: 'inf_time', seen: formatTime(now + 365 * DAY) } })
      const death = { type: 'death', psn_no: 'P-dead', die_date: '2026-01-15', source: '户籍', inf_time: '2199-01-01 00:00:00' }
      expect(await send(engine, death)).toMatchObject({ status: 'rejected', rejection: { reason: 'impossible_dates', field: 'inf_time' } })
      const coming = { type: 'department', fixmedins_code: FIX, hosp_dept_codg: 'A03', hosp_dept_name: '内科', valid_from: formatTime(now + 90 * DAY).slice(0, 10) }
      expect(await send(engine, coming)).toMatchObject({ status: 'learned' })
      expect(await send(engine, visit(psn_no, 'next', formatTime(now - DAY)))).toMatchObject({ status: 'judged' })
      const letters = await engine.reader.query<{ reason: string, inf_time: number }>('dead_letters.list')
      expect(letters.map(letter => letter.reason)).toEqual(['impossible_dates', 'impossible_dates'])
    })
  })
})
