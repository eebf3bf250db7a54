/** What the claims of several persons share, a box with its trace code: from two settlements to the page, and back. Whole engine, real store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { exampleLine, exampleMaster, exampleReversal, exampleSettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })
function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-shared-'))
  dirs.push(dir)
  return dir
}

async function withEngine<T> (dir: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const config = loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_PORT: '0', FUNDWATCH_LOG: 'error' })
  const engine = await startEngine(config, { listen: true, inbox: false })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

const RULE = 'trace-code-resold'
const [ONE, OTHER] = ['81234567890123456789', '81234567890123456790']
const [FIRST, AGAIN] = ['P34170200006', 'P34170200007']
/** Sold with one line on which both codes stand: two boxes. */
const LINE = { total: 12_340, pooled: 9_872, personal: 2_468 }

function sale (fixmedins_code: string, psn_no: string, day: string, more: Example = {}): Example {
  const inf_time = `${day} 12:00:00`
  return exampleSettlement({
    infno: '2102', fixmedins_code, msgid: `${fixmedins_code}${day.replaceAll('-', '')}1200000001`, inf_time,
    setlinfo: { setl_id: `S-${fixmedins_code}`, mdtrt_id: `M-${fixmedins_code}`, psn_no, med_type: '41', begndate: day, enddate: day, setl_time: `${day} 11:00:00` },
    feedetail: [exampleLine({ fee_ocur_time: `${day} 11:00:00`, drugtracinfo: [ONE, OTHER].map(drug_trac_codg => ({ drug_trac_codg })) })], ...more
  })
}

const PHARMACIES = [[FIRST, '第一药房'], [AGAIN, '第二药房']].map(([fixmedins_code, fixmedins_name]) =>
  exampleMaster('institution', { fixmedins_code, fixmedins_name, fixmedins_type: '2', hosp_lv: null, aprv_bed_cnt: null }))

const reversal = (fixmedins_code: string, psn_no: string): Example => exampleReversal({
  infno: '2103', fixmedins_code, msgid: `${fixmedins_code}202603201200000099`, inf_time: '2026-03-20 12:00:00',
  setlinfo: { setl_id: `S-${fixmedins_code}`, mdtrt_id: `M-${fixmedins_code}`, psn_no, refd_setl_id: `R-${fixmedins_code}`, setl_time: '2026-03-20 11:00:00' }
})

async function send (engine: Engine, ...records: Example[]): Promise<unknown[]> {
  const answer = await fetch(`${engine.url}/v1/claims`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(records) })
  const { results } = await answer.json() as { results: Array<{ status: string }> }
  for (const result of results) expect(result).toMatchObject({ flags: [] }) // they are no submitter's
  return results.map(({ status }) => status)
}

interface Shown { readonly flag_id: string, readonly subject: string, readonly evidence: string, readonly items: ReadonlyArray<{ readonly fixmedins_code: string, readonly psn_no: string }> }
async function get (engine: Engine, path: string): Promise<Record<string, unknown>> {
  return await (await fetch(`${engine.url}${path}`)).json() as Record<string, unknown>
}
const flagsOf = async (engine: Engine, query = ''): Promise<Shown[]> => (await get(engine, `/v1/flags?rule=${RULE}${query}`))['flags'] as Shown[]
const pageOf = async (engine: Engine, { evidence }: Shown): Promise<string> => await (await fetch(`${engine.url}${evidence}`)).text()

/** Both codes' flags, each with its claims and whose they are. */
async function standing (engine: Engine): Promise<unknown[]> {
  const flags = await Promise.all((await flagsOf(engine)).map(async ({ flag_id }) => await get(engine, `/v1/flags/${flag_id}`) as unknown as Shown))
  return flags.map(({ subject, items }) => [subject, ...items.map(item => `${item.fixmedins_code} ${item.psn_no}`)]).sort()
}
const bothOf = (second: string): unknown[] => [ONE, OTHER].map(code => [code, `${AGAIN} ${second}`, `${FIRST} P-a`])

it('is flagged once two pharmacies settle it, for a person each, and its money counts once; the next start knows it', async () => {
  const dir = freshDir()
  await withEngine(dir, async engine => {
    await send(engine, ...PHARMACIES, sale(FIRST, 'P-a', '2026-03-02'))
    expect(await standing(engine)).toEqual([])
    expect(await send(engine, sale(AGAIN, 'P-b', '2026-03-09'))).toEqual(['judged'])
    expect(await standing(engine)).toEqual(bothOf('P-b'))
    const [flag] = await flagsOf(engine)
    expect(flag).toMatchObject({ subject_kind: 'trace', psn_no: '', person: '', severity: 1, fixmedins_code: AGAIN, fixmedins_name: '第二药房', money: LINE })
    const page = await pageOf(engine, flag!)
    for (const said of ['药品追溯码', flag!.subject, '第一药房', '第二药房', '<code>P-a</code>', '<code>P-b</code>', '2 人', 'D341702000123']) expect(page).toContain(said)
    for (const person of ['P-a', 'P-b']) {
      expect((await flagsOf(engine, `&person=${person}`)).map(each => each.subject).sort()).toEqual([ONE, OTHER])
      expect(await get(engine, `/v1/persons/${person}/claims`)).toMatchObject({ claims: [{ psn_no: person }], flags: [{ rule_id: RULE }, { rule_id: RULE }] })
    }
  })
  await withEngine(dir, async engine => {
    expect(await standing(engine)).toEqual(bothOf('P-b'))
    const { candidates } = await get(engine, '/v1/candidates')
    expect(candidates).toMatchObject([{
      regime: 'yangzhou-2020', negative_item: '8.2.2', fixmedins_code: AGAIN, flags: 2, persons: 1, claims: 1, suspected_medfee: LINE.total, suspected_fund: LINE.pooled, suspected_acct: LINE.personal
    }])
    expect(await get(engine, '/v1/totals')).toMatchObject({ flags: 2, suspected_claims: 1, suspected_fund: LINE.pooled, suspected_acct: LINE.personal })
  })
})

it('is taken back once the first settlement is reversed, and stays so', async () => {
  const dir = freshDir()
  await withEngine(dir, async engine => {
    await send(engine, sale(FIRST, 'P-a', '2026-03-02'), sale(AGAIN, 'P-b', '2026-03-09'))
    const [flag] = await flagsOf(engine)
    expect(await send(engine, reversal(FIRST, 'P-a'))).toEqual(['judged'])
    expect(await standing(engine)).toEqual([])
    const page = await pageOf(engine, flag!)
    expect(page).toContain('本疑点已撤回')
    expect(page).toContain(flag!.subject)
  })
  await withEngine(dir, async engine => {
    expect(await standing(engine)).toEqual([])
    expect(await flagsOf(engine, '&status=retracted')).toHaveLength(2)
  })
})

it('names the person to whom a correction gave the settlement, after the next start too', async () => {
  const dir = freshDir()
  await withEngine(dir, async engine => {
    await send(engine, sale(FIRST, 'P-a', '2026-03-02'), sale(AGAIN, 'P-b', '2026-03-09'))
    await send(engine, sale(AGAIN, 'P-c', '2026-03-09', { inf_time: '2026-03-10 09:00:00' }))
    expect(await standing(engine)).toEqual(bothOf('P-c'))
    expect(await flagsOf(engine, '&person=P-b')).toEqual([])
  })
  await withEngine(dir, async engine => {
    expect(await standing(engine)).toEqual(bothOf('P-c'))
    expect(await flagsOf(engine, '&person=P-c')).toHaveLength(2)
  })
})
