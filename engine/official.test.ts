/** 3101 against the whole engine: a re-admission asked about before it is settled, an item, and a past that is not counted twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { DAY, formatTime } from './core/time.ts'
import { exampleLine, exampleMaster, exampleSettlement, exampleStaySettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { OFFICIAL_REQUEST_EXAMPLE } from './http/official/schemas.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-official-'))
let engine: Engine
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)
const day = (time: string): string => time.slice(0, 10)

const visit = (psn_no: string, id: string, time: string): Example => exampleSettlement({
  inf_time: time, msgid: `H34170200001202603021015${id.padStart(6, '0')}`,
  setlinfo: { setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no, setl_time: time, begndate: day(time), enddate: day(time) }, feedetail: [exampleLine({ fee_ocur_time: time })]
})

beforeAll(async () => {
  const env = { FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_PORT: '0', FUNDWATCH_LOG: 'error', FUNDWATCH_CHECK_MS: '10000' }
  engine = await startEngine(loadConfig(env), { listen: true, inbox: false })
  const to = '2026-03-02 10:00:00'
  const records = [
    exampleStaySettlement({ inf_time: to, setlinfo: { psn_no: 'P-again', setl_id: 'S1', mdtrt_id: 'M1', setl_time: to, enddate: day(to) }, mdtrtinfo: { dscg_time: to } }),
    exampleMaster('catalogue', { med_list_codg: 'XG01AFA259A001010102180', name: '妇科用药', gend_limit: '2' }),
    ...Array.from({ length: 14 }, (_, i) => visit('P-often', String(i + 101), formatTime(at('2026-03-01 10:00:00') + i * DAY)))
  ]
  await engine.submitPatiently(Buffer.from(records.map(record => `${JSON.stringify(record)}\n`).join('')), 'json', 'test')
})
afterAll(async () => {
  await engine.stop()
  rmSync(dir, { recursive: true, force: true })
})

type Json = Record<string, unknown>
const [PATIENT] = OFFICIAL_REQUEST_EXAMPLE.data.patient_dtos
const [ENCOUNTER] = PATIENT!.fsi_encounter_dtos
const [ORDER] = ENCOUNTER!.fsi_order_dtos

interface Answer { result: Array<{ rule_id: string, sev_deg: string, mdtrt_id: string, vola_amt: string, judge_result_detail_dtos: Array<Record<string, string>> }>, notes: Array<{ code: string }> }

async function ask (patient: Json, ...encounters: Json[]): Promise<Answer> {
  const message = { data: { ...OFFICIAL_REQUEST_EXAMPLE.data, trig_scen: '8', patient_dtos: [{ ...PATIENT, ...patient, fsi_encounter_dtos: encounters.map(one => ({ ...ENCOUNTER, ...one })) }] } }
  const response = await fetch(`${engine.url}/v1/3101`, { method: 'POST', body: JSON.stringify(message), headers: { 'content-type': 'application/json' } })
  expect(response.status).toBe(200)
  return await response.json() as Answer
}

it('finds the re-admission that the hospital asks about, with the earlier stay as what it involves, and records nothing', async () => {
  const answer = await ask({ patn_id: 'P-again' }, { dscg_date: '2026-03-09 10:00:00' })
  const split = answer.result.find(one => one.rule_id === 'GZ10000204001000')
  expect(split).toMatchObject({ sev_deg: '2', mdtrt_id: 'M2', vola_amt: '8123.40', judge_result_detail_dtos: [{ mdtrt_id: 'M2', vola_item_type: '1' }, { mdtrt_id: 'M1', vola_item_type: '2', vola_amt: '123.40' }] })
  expect((await engine.standingFlags()).filter(flag => flag.subject === 'P-again' && flag.rule_id === 'split-hospitalisation')).toEqual([])
  expect(await ask({ patn_id: 'P-again' }, { dscg_date: '2026-03-09 10:00:00' })).toEqual(answer)
})

it('names the order that is limited to the other sex', async () => {
  const orders = [{ ...ORDER, rx_id: 'RX-fine' }, { ...ORDER, rx_id: 'RX-other', hilist_code: 'XG01AFA259A001010102180' }]
  const { result } = await ask({ patn_id: 'P-man', gend: '1' }, { med_mdtrt_type: '1', med_type: '11', fsi_order_dtos: orders })
  const limited = result.find(one => one.rule_id === 'sex-limited-item')
  expect(limited).toMatchObject({ sev_deg: '1', vola_amt: '123.40', judge_result_detail_dtos: [{ rx_id: 'RX-other', vola_item_type: '1', vola_amt: '123.40' }] })
})

it('counts what is sent of the past only where memory lacks it', async () => {
  const outpatient = (i: number, extra: Json = {}): Json => ({ mdtrt_id: `H${i}`, med_mdtrt_type: '1', med_type: '11', adm_date: formatTime(at('2026-03-01 09:00:00') + i * DAY), dscg_date: '', medfee_sumamt: '100.00', hifp_payamt: '0', ...extra })
  const current = outpatient(14, { mdtrt_id: 'NOW' })
  const often = async (patn_id: string, ...past: Json[]): Promise<boolean> =>
    (await ask({ patn_id, curr_mdtrt_id: 'NOW' }, current, ...past)).result.some(one => one.rule_id === 'GZ10000204002000')
  const past = Array.from({ length: 14 }, (_, i) => outpatient(i))
  expect(await often('P-often')).toBe(true) // fourteen in memory
  expect(await often('P-unknown')).toBe(false)
  expect(await often('P-unknown', ...past)).toBe(true)
  expect(await often('P-unknown', ...past.slice(0, 8))).toBe(false)
  const eight = Array.from({ length: 8 }, (_, i) => visit('P-eight', `8${i}`, formatTime(at('2026-03-01 10:00:00') + i * DAY)))
  await engine.submitPatiently(Buffer.from(eight.map(record => `${JSON.stringify(record)}\n`).join('')), 'json', 'test')
  expect(await often('P-eight', ...past.slice(0, 8))).toBe(false) // the same days: not sixteen
  expect(await often('P-eight', ...past)).toBe(true)
})

it('does not judge again a visit that is settled', async () => {
  const { result, notes } = await ask({ patn_id: 'P-often', curr_mdtrt_id: 'M103' }, { mdtrt_id: 'M103', med_mdtrt_type: '1', med_type: '11', adm_date: '2026-03-20 10:00:00' })
  expect([result, notes.map(note => note.code)]).toEqual([[], ['already_settled']])
})
