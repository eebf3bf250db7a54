import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALL_ROWS, FLAG, harness } from '../fakes.ts'
import { escapeHtml, html, raw } from './html.ts'

const UNSETTLED_STAY = { ...FLAG.items[0], setl_id: '', medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0 }
const UNSETTLED = { ...FLAG, medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, items: [UNSETTLED_STAY] }
const PAGES = ['/', '/flags', '/bed-hanging', '/institutions/H1', '/v1/flags/4f1c2a9be07d3355/evidence']
const HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'

describe('html', () => {
  it('escapes values in content and attributes, and nothing of its own', () => {
    expect(html`<a title="${'"x"'}">${'<b>'}${raw('<i>')}${html`<u>${1}</u>`}${[html`a`, 'b&']}${null}${false}</a>`.text)
      .toBe('<a title="&quot;x&quot;">&lt;b&gt;<i><u>1</u>ab&amp;</a>')
  })

  it('leaves nothing in any text that could end an element or attribute', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => {
      expect(escapeHtml(text)).not.toMatch(/[<>"'\u0000]|&(?!(amp|lt|gt|quot|#39);)/)
    }))
  })
})

describe.each(PAGES)('%s', url => {
  it('is one HTML document without scripts or anything loaded from elsewhere, its style named by hash', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body, headers, statusCode } = await app.inject(url)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body).toMatch(/^<!doctype html>\n<html lang="zh-CN">/)
    expect(body).not.toMatch(/<script|<link|<img|<iframe|<object|\son\w+=|style="|https?:/i)
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? ''
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(style).toContain('@media print')
    expect(style).toContain('prefers-color-scheme: dark')
  })

  it('says that flags are leads only, and never calls anything by a name that is not established', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body } = await app.inject(url)
    expect(body).toContain('疑点仅为线索，须经核查认定')
    expect(body).not.toMatch(/违规|欺诈|失信|undefined|\[object|NaN/)
    expect(body).toContain('数据截至 2026-03-05 12:00:00')
  })

  it('shows severity as shape and text', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    expect((await app.inject(url)).body).toMatch(/▲<\/span> 中|▲ 中/)
  })

  it('escapes whatever the records say', async () => {
    const hostile = (rows: readonly object[]): object[] => JSON.parse(JSON.stringify(rows), (key, value) =>
      typeof value === 'string' && /_zh|_en|name|sentence|subject$|psn_no|fixmedins_code|area|opter|dev_no|zh$|rule_id|level|peers/.test(key) ? HOSTILE : value) as object[]
    const rows = Object.fromEntries(Object.entries(ALL_ROWS).map(([name, each]) => [name, hostile(each)]))
    const { app } = await harness({ rows })
    const { body, statusCode } = await app.inject(url)
    expect(statusCode).toBe(200)
    expect(body).not.toMatch(/<script|<img/)
    expect(body).toContain('&lt;script&gt;')
  })
})

describe('the first page', () => {
  it('shows the totals and leads to evidence and institutions', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body } = await app.inject('/')
    for (const shown of ['48,000', '1,234,609.89 元', '7,777.50 元', '■ 高 2', '▲ 中 18', '● 低 10', `/v1/flags/${FLAG.flag_id}/evidence`, '/institutions/H1', '橙色', '对应金额档（如经认定）', '一般档（第十条第（一）项）', '不是结论', '扬医保规〔2020〕1号第八条第一款第四项']) {
      expect(body).toContain(shown)
    }
    expect(body).toContain('http-equiv="refresh"')
  })

  it('asks the store once for all who load it at the same time', async () => {
    const { app, asked } = await harness({ rows: ALL_ROWS })
    const answers = await Promise.all([1, 2, 3, 4].map(() => app.inject('/')))
    expect(answers.map(each => each.statusCode)).toEqual([200, 200, 200, 200])
    expect(asked.filter(each => each.name === 'totals')).toHaveLength(1)
    await app.inject('/')
    expect(asked.filter(each => each.name === 'totals')).toHaveLength(2)
  })

  it('says what to do while there is nothing to show', async () => {
    const zero = Object.fromEntries(Object.keys(ALL_ROWS.totals[0]!).map(name => [name, 0]))
    const { app } = await harness({ rows: { totals: [zero] }, status: { watermark: null, phase: 'recovering', claims_to_recover: 5 } })
    const { body } = await app.inject('/')
    for (const said of ['尚未收到结算记录', '暂无疑点', '暂无候选', '暂无预警分', '尚无数据', '正在恢复']) expect(body).toContain(said)
  })
})

describe('the evidence page', () => {
  it('holds what an inspector needs, and does not reload itself', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body } = await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')
    for (const shown of ['分解住院', FLAG.sentence_zh, FLAG.sentence_en, '8,123.40 元', '6,500.00 元', '123.40 元', '主疑点项', '涉及项', '条例第三十八条', 'GZ10000204001000', '核心区天数', '7 天', '统筹区文件', '某市文件',
      '急诊入院', '同一科室', '自动出院', FLAG.cleared_zh, '核对两次住院病历', '开单医师', '张**', '2026-03-02 09:30:00', '库中暂无该项的明细']) expect(body).toContain(shown)
    expect(body).not.toContain('http-equiv="refresh"')
  })

  it('names numbers in Chinese, and gives no source for a number that has changed since', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body } = await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')
    for (const shown of ['间隔天数', '上次出院', '关注区天数', '15 天', '此数值已变更', '氨氯地平片', '西药费', '61.70']) expect(body).toContain(shown)
    expect(body).not.toMatch(/gap_days|previous_discharge|旧文件|1772415000000/)
  })

  it('is read in one order: what, law, numbers, for and against, what to do, signature, and the records as an annex', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const { body } = await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')
    const order = [FLAG.sentence_zh, '疑点编号', '条例第三十八条', '核心区天数', '间隔天数', '支持疑点的事实', '减轻疑点的事实', '均不适用的排除情形', '何种情形下不成立',
      '建议人工核查', '相关人员与设备', '疑点仅为线索', '核查结论', '附：涉及的结算与就诊', '西药费'].map(each => body.indexOf(each))
    expect(order).not.toContain(-1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  it('says so when the flag was retracted, and asks nobody to check, sign or add up anything', async () => {
    const retracted = { ...FLAG, status: 'retracted', items: [], medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0 }
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flag.get': [retracted], 'flag.responsible': [] } })
    const { body } = await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')
    for (const shown of ['本疑点已撤回', '状态 <span class="en" lang="en">status</span></dt><dd><strong>已撤回', FLAG.sentence_zh]) expect(body).toContain(shown)
    for (const left of ['建议人工核查', '核对两次住院病历', '☐', '核查人', '核查结论', '0.00 元']) expect([left, body.includes(left)]).toEqual([left, false])
  })

  it('names law in force on the date of service only', async () => {
    const url = '/v1/flags/4f1c2a9be07d3355'
    for (const [service_time, later] of [[FLAG.service_time, false], [Date.UTC(2026, 2, 31, 15, 59), false], [Date.UTC(2026, 2, 31, 16), true]] as const) {
      const { app } = await harness({ rows: { ...ALL_ROWS, 'flag.get': [{ ...FLAG, service_time }] } })
      const evidence = (await app.inject(`${url}/evidence`)).body
      expect([evidence.includes('条例第三十八条'), evidence.includes('实施细则')]).toEqual([true, later])
      expect((await app.inject(url)).json().law_basis).toHaveLength(later ? 2 : 1)
    }
  })

  it('says of whoever stands on no line that there are none, instead of nothing for no money', async () => {
    const device = { role: 'device', code: 'D-1', name: '', lines: 0, det_item_fee_sumamt: 0 }
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flag.responsible': [...ALL_ROWS['flag.responsible'], device] } })
    const { body } = await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')
    expect(body).toMatch(/<code>D-1<\/code><\/td><td><\/td>\s*<td colspan="2">无明细/)
    expect(body).not.toContain('>0.00 元<')
  })
})

describe('the list of flags', () => {
  const all = Array.from({ length: 120 }, (_, i) => ({ ...FLAG, flag_id: `f${String(i).padStart(3, '0')}`, subject: `P${i}`, rank: 1000 - i }))
  const list = ({ psn_no, after_rank, limit }: { psn_no?: unknown, after_rank?: unknown, limit?: unknown }): object[] =>
    all.filter(each => (psn_no === '' || each.subject === psn_no) && each.rank < Number(after_rank)).slice(0, Number(limit))
  const ids = (body: string): string[] => [...body.matchAll(/\/v1\/flags\/(f\d+)\/evidence/g)].map(match => match[1]!)

  it('goes on from page to page, as it was opened and as its form sends it', async () => {
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flags.list': list } })
    for (const first of ['/flags', '/flags?rule=&severity=&status=active&order=newest&institution=&person=']) {
      const seen: string[] = []
      for (let url: string | undefined = first; url !== undefined;) {
        const { body }: { body: string } = await app.inject(url)
        seen.push(...ids(body))
        expect(body).toContain('name="person" value=""')
        url = /<a href="(\/flags\?[^"]*cursor=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(seen).toEqual(all.map(each => each.flag_id))
    }
  })

  it('repeats a person who was asked about, and never a certificate number', async () => {
    const subject = '340000195104020020'
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flags.list': [{ ...FLAG, subject, rank: 1 }] } })
    expect((await app.inject('/flags?person=P1')).body).toContain('name="person" value="P1"')
    const { body } = await app.inject(`/flags?person=${subject}`)
    expect(body).toContain(`name="person" value="flag:${FLAG.flag_id}"`)
    expect(body).not.toContain(subject)
  })

  it('says when nothing meets what was asked for, which is not that there is nothing', async () => {
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flags.list': [] } })
    for (const query of ['rule=split-hospitalisation', 'severity=1', 'institution=H1', 'person=P9', 'area=3417', 'from=2026-03-01', 'status=retracted']) {
      const { body } = await app.inject(`/flags?${query}`)
      expect([query, body.includes('没有符合查询条件的疑点'), body.includes('没有触发任何规则')]).toEqual([query, true, false])
    }
    for (const url of ['/flags', '/flags?rule=&severity=&status=active&order=newest&institution=&person=']) {
      const { body } = await app.inject(url)
      expect([body.includes('没有符合查询条件的疑点'), body.includes('没有触发任何规则')]).toEqual([false, true])
    }
    expect((await app.inject('/institutions/H1')).body).toContain('暂无针对本机构的待核查疑点')
  })
})

it('candidates say that items of one institution may overlap', async () => {
  const { app } = await harness({ rows: ALL_ROWS })
  for (const url of ['/', '/institutions/H1']) expect((await app.inject(url)).body).toContain('同一机构的不同条目之间可能重叠')
})

describe('institutions', () => {
  const rows = {
    ...ALL_ROWS,
    'institutions.names': ({ codes }: { codes?: unknown }) => [['H1', '一院'], ['H34170200002', '贵池中医院']]
      .filter(([code]) => (codes as string[]).includes(code!)).map(([fixmedins_code, fixmedins_name]) => ({ fixmedins_code, fixmedins_name })),
    'flags.list': [{ ...FLAG, sentence_zh: '在 H34170200002 与 H34170200003 住院', sentence_en: 'at H34170200002, H34170200003', rank: 1 }],
    'flag.get': [{ ...FLAG, sentence_zh: '在 H34170200002 住院', values: { stay_institution: 'H34170200002' } }]
  }

  it('are named in lists, sentences and values, with the code beside the name', async () => {
    const { app } = await harness({ rows })
    for (const url of ['/', '/flags', '/institutions/H1']) {
      const { body } = await app.inject(url)
      for (const shown of ['<a href="/institutions/H1">一院</a> <code class="soft">H1</code>', '在贵池中医院（H34170200002）与 H34170200003 住院', 'at 贵池中医院 (H34170200002), H34170200003']) {
        expect(body).toContain(shown)
      }
    }
    const { body } = await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')
    expect(body.match(/贵池中医院（H34170200002）/g)).toHaveLength(2)
    expect(body).toContain('>一院</a> <code class="soft">H1</code> ·\n就诊')
  })

  it('keep their codes where no name is known, and in the sentences of answers', async () => {
    const { app } = await harness({ rows: { ...rows, 'institutions.names': [] } })
    expect((await app.inject('/flags')).body).toContain('<a href="/institutions/H1"><code>H1</code></a>')
    const named = (await (await harness({ rows })).app.inject('/v1/flags')).json().flags[0]
    expect(named).toMatchObject({ fixmedins_name: '一院', sentence_zh: '在 H34170200002 与 H34170200003 住院' })
    expect(named).not.toHaveProperty('told')
  })
})

describe('a stay that is not settled', () => {
  it('has no money yet: lists and evidence say so instead of 0.00 元', async () => {
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flags.list': [{ ...UNSETTLED, unsettled: true, rank: 1 }], 'flag.get': [UNSETTLED] } })
    for (const url of ['/flags', '/institutions/H1', '/v1/flags/4f1c2a9be07d3355/evidence']) {
      const { body } = await app.inject(url)
      expect([url, body.includes('尚未结算 <span class="en" lang="en">not yet settled') || body.includes('尚未结算</strong>')]).toEqual([url, true])
    }
    const evidence = (await app.inject('/v1/flags/4f1c2a9be07d3355/evidence')).body
    expect(evidence).not.toContain('0.00 元')
    expect(evidence.match(/尚未结算/g)).toHaveLength(2)
    expect((await app.inject('/v1/flags')).json().flags[0]).toMatchObject({ settled: false, money: { total: 0 } })
    expect((await app.inject('/v1/flags/4f1c2a9be07d3355')).json()).toMatchObject({ settled: false })
  })

  it('is not what a flag without money is about when it was settled', async () => {
    const { app } = await harness({ rows: { ...ALL_ROWS, 'flags.list': [{ ...UNSETTLED, unsettled: false, rank: 1 }] } })
    const { body } = await app.inject('/flags')
    expect(body).toContain('0.00 元')
    expect(body).not.toContain('尚未结算')
  })
})

it('every page leads to readable rules and the readable interface', async () => {
  const { app } = await harness({ rows: ALL_ROWS })
  for (const url of [...PAGES, '/rules', '/api']) expect((await app.inject(url)).body).toContain('<a href="/rules">规则</a><a href="/api">接口</a>')
  for (const url of ['/', '/flags', '/v1/flags/4f1c2a9be07d3355/evidence']) expect((await app.inject(url)).body).toContain('href="/rules/split-hospitalisation"')
})
