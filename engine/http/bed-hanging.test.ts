/** Stays with signals of an unused bed: the list, its page, and the evidence page of one signal. */
import { describe, expect, it } from 'vitest'
import { ALL_ROWS, FLAG, harness } from './fakes.ts'

const CERTIFICATE = '340000195104020020'
const STAY = ALL_ROWS['bed_hanging.list'][0]!
const SIGNAL = { ...FLAG, rule_id: 'bed-no-lines', severity: 3, sentence_zh: '连续 48 小时没有费用' }
const BESIDE = { ...SIGNAL, flag_id: 'f-cost', rule_id: 'bed-low-day-cost', sentence_zh: '日均费用畸低', unsettled: false }

describe('GET /v1/bed-hanging', () => {
  it('passes every filter to the store and shows a stay with its signals', async () => {
    const { app, asked } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject('/v1/bed-hanging?severity=2&rule=bed-no-lines&institution=H1&person=P1&area=3417&from=2026-03-01&to=2026-03-31&limit=20&skip=40')
    expect(asked).toEqual([{
      name: 'bed_hanging.list',
      parameters: {
        severity: 2, rule_id: 'bed-no-lines', fixmedins_code: 'H1', psn_no: 'P1', area: '3417', limit: 21, skip: 40,
        from_ms: Date.UTC(2026, 1, 28, 16), to_ms: Date.UTC(2026, 2, 31, 16)
      }
    }, { name: 'institutions.names', parameters: { codes: ['H1'] } }])
    expect(answer.json()).toEqual({
      more: false,
      stays: [{
        severity: 2, severity_zh: '中', fixmedins_code: 'H1', fixmedins_name: '一院', psn_no: 'P1', person: 'P1', mdtrt_id: 'M2', area: '341702', settled: true,
        signals: [
          { rule_id: 'bed-low-day-cost', title: { zh: 'bed-low-day-cost', en: 'bed-low-day-cost' }, flag_id: 'f-cost', evidence: '/v1/flags/f-cost/evidence' },
          { rule_id: 'bed-no-lines', title: { zh: 'bed-no-lines', en: 'bed-no-lines' }, flag_id: 'f-lines', evidence: '/v1/flags/f-lines/evidence' }
        ],
        money: { total: 812_340, pooled: 650_000, personal: 12_340 }, first_service: '2026-03-05 09:00:00', last_service: '2026-03-06 09:00:00'
      }]
    })
  })

  it('says whether there is more, and masks a person’s number that is one of a certificate', async () => {
    const rows = Array.from({ length: 4 }, (_, i) => ({ ...STAY, psn_no: CERTIFICATE, mdtrt_id: `M${i}` }))
    const { app } = await harness({ rows: { 'bed_hanging.list': ({ limit, skip }) => rows.slice(Number(skip), Number(skip) + Number(limit)) } })
    const first = await app.inject('/v1/bed-hanging?limit=3')
    expect(first.json()).toMatchObject({ more: true, stays: [{ psn_no: '340000**********20', person: 'flag:f-cost' }, {}, {}] })
    expect(first.body).not.toContain(CERTIFICATE)
    expect((await app.inject('/v1/bed-hanging?limit=3&skip=3')).json()).toMatchObject({ more: false, stays: [{ mdtrt_id: 'M3' }] })
  })

  it.each(['severity=1', 'severity=x', 'limit=0', 'skip=-1', 'from=soon', `rule=${'x'.repeat(65)}`, 'sevrity=2'])('refuses ?%s', async query => {
    const { app, asked } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject(`/v1/bed-hanging?${query}`)
    expect([answer.statusCode, answer.json().code, asked]).toEqual([400, 'BAD_PARAMETER', []])
  })
})

describe('/bed-hanging', () => {
  it('shows level, signals leading to their evidence, institution, person, stay and money, and leads there from the first page', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body } = await app.inject('/bed-hanging')
    for (const shown of ['▲</span> 中', '/v1/flags/f-cost/evidence', '/v1/flags/f-lines/evidence', '>一院</a>', '<code>P1</code>', '<code class="soft">M2</code>', '6,500.00 元', '123.40 元', '不列为高']) {
      expect(body).toContain(shown)
    }
    expect(body).not.toMatch(/■|违规|欺诈/)
    expect((await app.inject('/')).body).toContain('<a href="/bed-hanging">')
  })

  it('says that a stay is not settled, and that there is none', async () => {
    const unsettled = { ...STAY, settled: false, medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, severity: 3 }
    const { app } = await harness({ rows: { 'bed_hanging.list': [unsettled] } })
    const { body } = await app.inject('/bed-hanging')
    expect([body.includes('尚未结算'), body.includes('0.00 元')]).toEqual([true, false])
    expect((await (await harness()).app.inject('/bed-hanging')).body).toContain('没有符合条件的住院')
  })

  it('goes on from page to page with what was asked, and never repeats a certificate number', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => ({ ...STAY, psn_no: CERTIFICATE, mdtrt_id: `M-${i}` }))
    const { app } = await harness({ rows: { 'bed_hanging.list': ({ limit, skip }) => rows.slice(Number(skip), Number(skip) + Number(limit)), 'flag.get': [{ ...FLAG, subject: CERTIFICATE }] } })
    const seen: string[] = []
    for (let url: string | undefined = `/bed-hanging?limit=3&severity=2&rule=&person=${CERTIFICATE}`; url !== undefined;) {
      const { body }: { body: string } = await app.inject(url)
      expect(body).not.toContain(CERTIFICATE)
      seen.push(...[...body.matchAll(/M-\d/g)].map(match => match[0]))
      url = /<a href="(\/bed-hanging\?[^"]*skip=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
      if (url !== undefined) expect(url).toMatch(/severity=2.*person=flag%3Af-cost/)
    }
    expect(seen).toEqual(rows.map(row => row.mdtrt_id))
  })
})

describe('the evidence page of a signal', () => {
  const evidence = async (flag: object, beside: object[]): Promise<{ body: string, asked: string[] }> => {
    const { app, asked } = await harness({ rows: { ...ALL_ROWS, 'flag.get': [flag], 'bed_hanging.beside': beside } })
    return { body: (await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')).body, asked: asked.map(each => each.name) }
  }

  it('names the other signals of the stay and what they come to together', async () => {
    const { body } = await evidence(SIGNAL, [BESIDE])
    for (const shown of ['同一住院的其他挂床信号', '/v1/flags/f-cost/evidence', '日均费用畸低', '/bed-hanging?institution=H1']) expect(body).toContain(shown)
    expect(body).toMatch(/合并后程度 [^·]*▲/)
    const alone = (await evidence(SIGNAL, [])).body
    expect(alone).toMatch(/合并后程度 [^·]*●/)
    expect((await evidence(SIGNAL, [{ ...BESIDE, rule_id: SIGNAL.rule_id }])).body).toMatch(/合并后程度 [^·]*●/)
  })

  it('is silent of them when the signal was retracted, and of any other rule’s flag, without asking the store', async () => {
    expect((await evidence({ ...SIGNAL, status: 'retracted' }, [])).body).not.toContain('同一住院')
    const other = await evidence(FLAG, [BESIDE])
    expect([other.body.includes('同一住院'), other.asked.includes('bed_hanging.beside')]).toEqual([false, false])
  })
})
