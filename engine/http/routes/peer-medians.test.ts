/** Peer medians by HTTP: the month meant, what is answered, what is handed in, and when it is refused. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../core/ports.ts'
import { ALL_ROWS, harness } from '../fakes.ts'

const MEDIAN = { hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: 61_235, sample: 214 }
const LEARNED: Outcome = { status: 'learned', identity: '', flags: [] }
const POST = { method: 'POST', url: '/v1/peer-medians?month=2026-02' } as const

describe('GET /v1/peer-medians', () => {
  it('computes a month and hands nothing in', async () => {
    const { app, asked, submitted } = await harness({ rows: ALL_ROWS })
    expect((await app.inject('/v1/peer-medians?month=2026-03')).json()).toEqual({
      month: '2026-03', from: '2025-04-01', to: '2026-03-31', valid_from: '2026-04-01', valid_to: '2026-05-01', sample_min: 30, min_los_days: 3, medians: [MEDIAN]
    })
    expect(asked).toEqual([{
      name: 'peer_medians.computed', parameters: { from_ms: Date.UTC(2025, 2, 31, 16), to_ms: Date.UTC(2026, 2, 31, 16), sample_min: 30, los_min: 3 }
    }])
    expect(submitted).toEqual([])
  })

  it('means the last whole month of event time when none is named, and asks for one while there is no event time', async () => {
    expect((await (await harness({ rows: ALL_ROWS })).app.inject('/v1/peer-medians')).json()).toMatchObject({ month: '2026-02' })
    const { app } = await harness({ status: { watermark: null } })
    const answer = await app.inject('/v1/peer-medians')
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'BAD_PARAMETER'])
  })

  it.each(['2026-13', '2026-3', '2026-03-01', '', 'x', '0001-01'])('refuses the month %j', async month => {
    for (const method of ['GET', 'POST'] as const) {
      const { app, asked } = await harness()
      const answer = await app.inject({ method, url: `/v1/peer-medians?month=${month}` })
      expect([answer.statusCode, answer.json().code, asked]).toEqual([400, 'BAD_PARAMETER', []])
    }
  })
})

describe('POST /v1/peer-medians', () => {
  it('hands the medians in as reference data from the first day of the next month on, and counts what became of them', async () => {
    const { app, submitted } = await harness({ rows: ALL_ROWS, outcomes: [LEARNED] })
    const answer = await app.inject(POST)
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { month: '2026-02', medians: [MEDIAN], added: 1, corrected: 0, ended: 0, unchanged: 0, sent_in: 0, rejected: 0 }])
    expect(submitted.map(each => [each.format, each.source, JSON.parse(Buffer.from(each.bytes).toString())])).toEqual([['json', 'medians', [{
      type: 'peer_median', hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: '612.35', sample: '214',
      valid_from: '2026-03-01', valid_to: '2026-04-01', inf_time: '2026-03-01 00:00:00'
    }]]])
  })

  it('tells what is known, corrected or refused, and leaves what somebody else sent in', async () => {
    const all = ['I10', 'I11', 'I12', 'I13'].map(diag_group => ({ ...MEDIAN, diag_group }))
    const known = (diag_group: string, more: object) =>
      ({ ...MEDIAN, diag_group, key: `05/A03/${diag_group}`, source: 'medians', inf_time: Date.UTC(2026, 1, 28, 16), valid_to: Date.UTC(2026, 2, 31, 16), ...more })
    const rows = {
      'peer_medians.computed': all, 'peer_medians.handed_in': [known('I10', {}), known('I11', { sample: 30 }), known('I12', { source: 'http', sample: 30 })]
    }
    const outcomes: Outcome[] = [LEARNED, { status: 'rejected', rejection: { reason: 'bad_identifier', field: 'dept_codg', seen: '' } }]
    const { app, submitted } = await harness({ rows, outcomes })
    expect((await app.inject(POST)).json()).toMatchObject({ added: 1, corrected: 1, ended: 0, unchanged: 1, sent_in: 1, rejected: 1 })
    expect(JSON.parse(Buffer.from(submitted[0]!.bytes).toString())).toMatchObject([{ diag_group: 'I13' }, { diag_group: 'I11', inf_time: '2026-03-01 00:00:01' }])
  })

  it('refuses a month that the records have not come to the end of, and takes none while the engine is not ready or full', async () => {
    for (const month of ['2026-03', '2030-01']) {
      const { app, submitted } = await harness({ rows: ALL_ROWS })
      const answer = await app.inject({ method: 'POST', url: `/v1/peer-medians?month=${month}` })
      expect([answer.statusCode, answer.json().code, submitted]).toEqual([400, 'BAD_PARAMETER', []])
    }
    for (const fakes of [{ status: { phase: 'recovering' as const } }, { pendingBytes: 1_000_000 }]) {
      const { app, submitted } = await harness({ rows: ALL_ROWS, ...fakes })
      expect([(await app.inject(POST)).statusCode, submitted]).toEqual([503, []])
    }
  })

  it('needs the token once one is set', async () => {
    const { app, submitted } = await harness({ rows: ALL_ROWS, outcomes: [LEARNED], settings: { token: 'secret token' } })
    expect([(await app.inject(POST)).statusCode, submitted.length]).toEqual([401, 0])
    expect((await app.inject({ ...POST, headers: { authorization: 'Bearer secret token' } })).statusCode).toBe(200)
  })
})
