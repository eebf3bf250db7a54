/** The pages that explain, over the rulebook as it is: a rule that cannot be read by people must not be added unseen. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Rulebook } from '../../core/rulebook.ts'
import { loadRulebook } from '../../core/rulebook/load.ts'
import { formatDate } from '../../core/time.ts'
import { subjectOf } from '../../core/rule.ts'
import { harness } from '../fakes.ts'
import { SUBJECTS } from '../words.ts'
import { outline } from './outline.ts'
import { bilingual, prose } from './prose.ts'

const HEADINGS = ['法律依据', '比对内容', '提示内容', '疑点上的文字', '何种情形下不成立', '排除情形', '已知遗漏', '合理情形', '人工核查', '阈值', '记忆内容']
const text = (body: string): string => body.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, '')
const unescaped = (body: string): string => body.replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')

let rulebook: Rulebook
beforeAll(async () => { rulebook = await loadRulebook() })

async function page (url: string): Promise<string> {
  const { app } = await harness({ rulebook })
  const answer = await app.inject(url)
  expect([url, answer.statusCode, answer.headers['content-type']]).toEqual([url, 200, 'text/html; charset=utf-8'])
  return answer.body
}

describe('the list of rules', () => {
  it('has every rule with name, id, subject, severity, national code, date and version, leading to its page', async () => {
    const body = await page('/rules')
    expect(body.match(/<tr><td>/g)).toHaveLength(rulebook.rules.length)
    for (const rule of rulebook.rules) {
      const row = new RegExp(`<tr><td><a href="/rules/${rule.id}">[\\s\\S]*?</tr>`).exec(body)?.[0] ?? ''
      const subject = SUBJECTS[subjectOf(rule.rule)].zh
      const { in_force } = rule.folder!.definition
      for (const shown of [rule.title.zh, rule.id, subject, `sev-${rule.severity}`, rule.official_id, formatDate(in_force.from), `>${rule.version}<`]) expect(row).toContain(shown)
    }
  })
})

describe('the page of a rule', () => {
  it('shows law, comparison, sentence, what it misses, causes, checks and every number of every area', async () => {
    for (const rule of rulebook.rules) {
      const body = await page(`/rules/${rule.id}`)
      const read = unescaped(text(body))
      const { definition, thresholds, knowledge } = rule.folder!
      for (const heading of HEADINGS) expect([rule.id, read.includes(heading)]).toEqual([rule.id, true])
      for (const { zh } of definition.law) expect(read).toContain(zh)
      for (const { from } of definition.law) expect(read).toContain(`（自 ${formatDate(from)} 起施行）`)
      for (const { zh } of [...rule.to_check, ...rule.exclusions.values(), ...rule.facts.values()]) expect(read).toContain(zh)
      for (const cause of definition.innocent_causes) expect(body).toContain(`<code class="soft">${cause}</code>`)
      const numbers = thresholds.flatMap(each => [...each.values, ...[...each.areas.values()].flat()])
      const entries = knowledge.flatMap(list => list.entries)
      expect(body.match(/<tr><td>/g)?.length ?? 0).toBe(numbers.length + entries.length)
      for (const { codes, zh } of entries) for (const shown of [...codes, zh]) expect(read).toContain(shown)
      for (const { source, licence_note } of knowledge) for (const { zh } of [source, licence_note]) expect(read).toContain(zh)
      for (const { source, from } of numbers) expect([read.includes(source), read.includes(formatDate(from))]).toEqual([true, true])
      expect(read).not.toMatch(/[{}]|undefined|\[object|NaN|违规|欺诈|失信/)
      expect(body.replace(/<a href="https?:[^"]*" rel="noreferrer">/g, '')).not.toMatch(/<script|<link|<img|\son\w+=|style="|https?:/)
    }
  })

  it('names the area of a local number, and the document that states it', async () => {
    const body = await page('/rules/frequent-visits-month')
    expect(body).toMatch(/<code>310000<\/code><\/td><td class="nowrap">2021-05-01<\/td>\s*<td class="number">15 次[\s\S]{0,200}统筹区文件[\s\S]{0,100}<a href="https:/)
  })

  it('says what stands where in the sentence', async () => {
    const read = text(await page('/rules/split-hospitalisation'))
    expect(read).toContain('〔间隔天数〕')
    expect(read).toMatch(/若间隔达到 16 天/)
  })

  it('is looked for by its id only, with the one that was meant', async () => {
    const { app } = await harness({ rulebook })
    const answer = await app.inject('/rules/split-hospitalization')
    expect([answer.statusCode, answer.json().message]).toEqual([404, 'there is no rule of this id. Did you mean split-hospitalisation?'])
  })
})

describe('the page of the interface', () => {
  it('lists every operation of the OpenAPI document with both summaries, and leads to the document', async () => {
    const { app } = await harness({ rulebook })
    const body = await page('/api')
    const { paths } = (await app.inject('/openapi.json')).json() as { paths: Record<string, Record<string, { summary: string }>> }
    const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { summary }]) => ({ path, method, summary })))
    expect(body.match(/<tr><td>/g)).toHaveLength(operations.length)
    for (const { path, method, summary } of operations) {
      const [zh = '', ...en] = summary.split(' · ')
      const rows = body.split('<tr>').filter(each => each.includes(`<code>${path}</code>`) && each.includes(`<code>${method.toUpperCase()}</code>`))
      expect([path, rows.length]).toEqual([path, 1])
      expect(unescaped(rows[0]!)).toContain(`<td>${zh}<br><span class="en" lang="en">${en.join(' · ')}</span>`)
    }
    expect(body).toContain('<a href="/openapi.json">')
    expect(body).toContain('<a href="/v1/flags"><code>/v1/flags</code></a>')
    expect(body).not.toContain('href="/v1/flags/{')
  })
})

describe('prose', () => {
  it.each([
    ['住院期间。During the stay.', '住院期间。 <span class="en" lang="en">During the stay.</span>'],
    ['等级高。The main item; level 高.', '等级高。 <span class="en" lang="en">The main item; level 高.</span>'],
    ['第八条 8.1.3 项。Item 8.1.3 of it.', '第八条 8.1.3 项。 <span class="en" lang="en">Item 8.1.3 of it.</span>'],
    ['`newborn` 新生儿。A newborn.', '<code class="soft">newborn</code> 新生儿。 <span class="en" lang="en">A newborn.</span>'],
    ['共用一个 mdtrt_id 的。', '共用一个 mdtrt_id 的。']
  ])('%s has its English small', (written, shown) => {
    expect(bilingual(written).text).toBe(shown)
  })

  it('has paragraphs and lists', () => {
    expect(prose('甲。\n\n- (a) 乙。\n- (b) 丙。').text).toBe('<p>甲。</p>\n<ul class="plain"><li>(a) 乙。</li>\n<li>(b) 丙。</li>\n</ul>\n')
    expect(prose('- 乙\n  续').text).toBe('<ul><li>乙 续</li>\n</ul>\n')
  })

  it('loses no word and lets no markup through', () => {
    const piece = fc.constantFrom('甲', '乙。', 'word ', 'End. ', '`x`', '<b>', '&', '8.1.3', '！', '\n', '"', '（', '中 ')
    fc.assert(fc.property(fc.array(piece).map(parts => parts.join('')), written => {
      const shown = bilingual(written).text
      expect(shown.replace(/<\/?(?:span|code)(?: [a-z]+="[a-z]+")*>/g, '')).not.toMatch(/[<>"]/)
      const bare = (all: string): string => all.replace(/[\s`]/g, '')
      expect(bare(unescaped(text(shown)))).toBe(bare(written))
    }))
  })
})

describe('outline', () => {
  const thresholds = [{ name: 'gap', values: [{ value: 3 }, { value: 7 }] }, { name: 'cost', values: [{ value: 500_000 }] }, { name: 'one', values: [{ value: 1 }] }]
  const labels = new Map([['days', { zh: '天数', en: 'days' }]])
  it.each([
    ['{days} {days:day|days}', '〔天数〕 days'], ['{days:date}', '〔天数〕'], ['{other:words}', '〔other〕'], ['{limit.gap}/{limit.gap+1}/{limit.gap-1}', '7/8/6'], ['{limit.cost:yuan} 元', '5000.00 元'],
    ['{limit.one:day|days} {limit.gap:day|days}', 'day days'], ['{limit.gone}', '〔gone〕'], ['没有位置', '没有位置']
  ])('%s is %s', (written, shown) => {
    expect(outline(written, 'zh', labels, thresholds as never)).toBe(shown)
  })
})
