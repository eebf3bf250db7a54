/** What goes across persons survives what may happen to a process, and rules that come later. Whole engine, real store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { exampleLine, exampleReversal, exampleSettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { openChdb } from './io/clickhouse/chdb.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })
function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-exchange-'))
  dirs.push(dir)
  return dir
}

async function withEngine<T> (dir: string, work: (engine: Engine) => Promise<T>, lanes = 2): Promise<T> {
  const engine = await startEngine(loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: String(lanes), FUNDWATCH_LOG: 'error' }), { listen: false, inbox: false })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

/** Does something to the store that no engine does. */
async function tamper (dir: string, ...statements: string[]): Promise<void> {
  const home = await openChdb(join(dir, 'store'))
  for (const statement of statements) await home.command(statement)
  await home.close()
}

const BOX = '81234560000000000017'
const sale = (psn_no: string, fixmedins_code: string, day: string): Example => exampleSettlement({
  infno: '2102', fixmedins_code, msgid: `${fixmedins_code}${day.replaceAll('-', '')}1200000001`, inf_time: `${day} 12:00:00`,
  setlinfo: { setl_id: `S-${psn_no}`, mdtrt_id: `M-${psn_no}`, psn_no, med_type: '41', begndate: day, enddate: day, setl_time: `${day} 11:00:00` },
  feedetail: [exampleLine({ fee_ocur_time: `${day} 11:00:00`, drugtracinfo: [{ drug_trac_codg: BOX }] })]
})
const TWICE = [sale('P-a', 'P34170200006', '2026-03-02'), sale('P-b', 'P34170200007', '2026-03-06')]
const reversalOf = (psn_no: string, named: string, fixmedins_code: string): Example => exampleReversal({
  infno: '2103', fixmedins_code, msgid: `${fixmedins_code}202603201200000099`, inf_time: '2026-03-20 12:00:00',
  setlinfo: { setl_id: `S-${psn_no}`, mdtrt_id: `M-${psn_no}`, psn_no: named, refd_setl_id: `R-${psn_no}`, setl_time: '2026-03-20 11:00:00' }
})

async function send (engine: Engine, ...records: Example[]): Promise<void> {
  await engine.submitPatiently(Buffer.from(JSON.stringify(records)), 'json', 'test')
}

async function resold (engine: Engine): Promise<string[]> {
  await engine.settle()
  return (await engine.standingFlags()).filter(flag => flag.rule_id === 'trace-code-resold').map(flag => flag.subject)
}

describe('a subject that nobody has looked at', () => {
  it('before the process died is looked at after the next start', async () => {
    const dir = freshDir()
    await withEngine(dir, async engine => { await send(engine, ...TWICE) })
    await tamper(dir, "ALTER TABLE flags DELETE WHERE subject_kind = 'trace' SETTINGS mutations_sync = 2") // as if it had died before
    await withEngine(dir, async engine => { expect(await resold(engine)).toEqual([BOX]) }, 3)
  })

  it('because its rule came later is looked at when the rule is there', async () => {
    const dir = freshDir()
    await withEngine(dir, async engine => { await send(engine, ...TWICE) })
    await tamper(dir, "ALTER TABLE flags DELETE WHERE subject_kind = 'trace' SETTINGS mutations_sync = 2",
      'TRUNCATE TABLE sightings', 'TRUNCATE TABLE milestones', 'TRUNCATE TABLE progress')
    await withEngine(dir, async engine => {
      expect(await resold(engine)).toEqual([BOX])
      await send(engine, sale('P-c', 'P34170200008', '2026-03-08')) // and is remembered
      expect((await engine.reader.query<{ setl_id: string }>('shared.windows', { rule_ids: ['trace-code-resold'], subjects: [BOX] })).map(row => row.setl_id))
        .toEqual(['S-P-a', 'S-P-b', 'S-P-c'])
    })
  })

  it('any more because its rule is gone loses its flag', async () => {
    const dir = freshDir()
    await withEngine(dir, async engine => { await send(engine, ...TWICE) })
    await tamper(dir, "INSERT INTO flags SELECT * REPLACE ('gone' AS flag_id, 'no-such-rule' AS rule_id) FROM flags WHERE subject_kind = 'trace'", 'TRUNCATE TABLE milestones')
    await withEngine(dir, async engine => {
      await engine.settle()
      expect((await engine.standingFlags()).filter(flag => flag.subject_kind === 'trace').map(flag => flag.rule_id)).toEqual(['trace-code-resold'])
    })
  })
})

describe('a reversal that names somebody else than who has the settlement', () => {
  const [one, other] = TWICE as [Example, Example]

  it.each([
    ['after it', [one, other, reversalOf('P-b', 'P-x', 'P34170200007')]],
    ['before it', [reversalOf('P-b', 'P-x', 'P34170200007'), one, other]]
  ])('voids it all the same, and for good: %s', async (_, records) => {
    const dir = freshDir()
    const reversed = async (engine: Engine): Promise<unknown> => [
      await resold(engine),
      (await engine.reader.query<{ kind: string, reversed: boolean }>('person.claims', { psn_no: 'P-b' })).map(row => `${row.kind} ${row.reversed}`).sort()
    ]
    await withEngine(dir, async engine => {
      for (const record of records) await send(engine, record)
      expect(await reversed(engine)).toEqual([[], ['reversal false', 'settlement true']])
    })
    await withEngine(dir, async engine => { expect(await reversed(engine)).toEqual([[], ['reversal false', 'settlement true']]) }, 1)
  })
})
