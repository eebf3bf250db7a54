/** One rule as its author signed it: law, what is compared, the sentence, what it misses, what may excuse it, and every number. */
import { subjectOf } from '../../core/rule.ts'
import type { Bilingual, LoadedRule, ParameterValue } from '../../core/rulebook.ts'
import type { RuleFolder } from '../../core/rulebook/folders.ts'
import type { Heading } from '../../core/rulebook/definition.ts'
import { DAY, formatDate } from '../../core/time.ts'
import { withUnit } from '../explained.ts'
import { BASES, citedItem, STAGES, SUBJECTS } from '../words.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'
import { knowledgeList } from './knowledge.ts'
import { outline } from './outline.ts'
import { bilingual, prose } from './prose.ts'

type Threshold = RuleFolder['thresholds'][number]

export function ruleBody (rule: LoadedRule, { definition, thresholds, knowledge }: RuleFolder): Html {
  const section = (heading: Heading): Html => prose(definition.sections.get(heading) ?? '')
  return html`<h1>${rule.title.zh} ${english(rule.title.en)}</h1>
${summary(rule, definition)}
<p class="screen"><a href="/flags?rule=${encodeURIComponent(rule.id)}">本规则的疑点 ${english('flags of this rule')}</a> ·
<a href="/v1/rules/${encodeURIComponent(rule.id)}">JSON</a></p>
<h2>法律依据 ${english('The law')}</h2>
<ul>${definition.law.map(article => html`<li>${both(article)}<span class="soft">（自 ${formatDate(article.from)} 起施行）</span></li>`)}</ul>
${section('法律依据 The law')}
<h2>比对内容 ${english('What is compared')}</h2>${section('比对内容 What is compared')}
<h2>提示内容 ${english('What is flagged')}</h2>${section('提示内容 What is flagged')}
${sentences(rule, definition, thresholds)}
<h2>排除情形 ${english('Exclusions: where one applies, nothing is flagged')}</h2>${named(rule.exclusions)}
<h2>支持或减轻疑点的事实 ${english('Facts a flag may cite for or against')}</h2>${named(rule.facts)}
<h2>已知遗漏 ${english('What it misses')}</h2>${section('已知遗漏 What it misses')}
<h2>合理情形 ${english('Innocent causes')}</h2>${section('合理情形 Innocent causes')}
<h2>人工核查 ${english('What to check by hand')}</h2>
<ol>${rule.to_check.map(step => html`<li>${both(step)}</li>`)}</ol>${section('人工核查 What to check by hand')}
<h2>阈值 ${english('Thresholds')}</h2>${thresholdTable(thresholds)}
${knowledge.map(knowledgeList)}
<h2>记忆内容 ${english('What it remembers')}</h2>${section('记忆内容 What it remembers')}`
}

function summary (rule: LoadedRule, definition: RuleFolder['definition']): Html {
  const { from, until } = definition.in_force
  const last = until === Infinity ? '' : `，至 ${formatDate(until - DAY)} 止`
  return html`<dl class="facts">
<dt>标识与版本 ${english('id, version')}</dt><dd><code>${rule.id}</code> · 版本 ${rule.version}</dd>
<dt>国家规则编码 ${english('national code')}</dt>
<dd>${rule.official_id === '' ? html`国家规则库无对应规则 ${english('none')}` : html`<code>${rule.official_id}</code>`}</dd>
<dt>比对对象 ${english('subject')}</dt><dd>${both(SUBJECTS[subjectOf(rule.rule)])}</dd>
<dt>最高程度 ${english('gravest')}</dt><dd>${severityMark(rule.severity)}</dd>
<dt>施行日期 ${english('in force')}</dt><dd>自 ${formatDate(from)} 起${last}</dd>
<dt>适用环节 ${english('stage')}</dt><dd>${both(stages(definition.stage))}</dd>
${Object.keys(rule.negative_items).length > 0 && html`<dt>对应条目（如经认定） ${english('item, were it established')}</dt>
<dd>${Object.entries(rule.negative_items).map(([regime, item]) => html`${citedItem(regime, item)}<br>`)}</dd>`}
<dt>负责与核对 ${english('owner, last verified')}</dt><dd>${definition.owner} · ${formatDate(definition.last_verified)} 核对</dd></dl>`
}

function stages (names: readonly string[]): Bilingual {
  return { zh: names.map(name => STAGES[name]?.zh ?? name).join('、'), en: names.map(name => STAGES[name]?.en ?? name).join(', ') }
}

function named (texts: ReadonlyMap<string, Bilingual>): Html {
  if (texts.size === 0) return html`<p class="soft">无 ${english('none')}</p>`
  return html`<ul>${[...texts.values()].map(text => html`<li>${both(text)}</li>`)}</ul>`
}

function sentences ({ value_labels }: LoadedRule, { flagged, cleared }: RuleFolder['definition'], thresholds: readonly Threshold[]): Html {
  const shown = (text: Bilingual): Html => html`<p class="notice">${outline(text.zh, 'zh', value_labels, thresholds)}<br>
${english(outline(text.en, 'en', value_labels, thresholds))}</p>`
  return html`<h3>疑点上的文字 ${english('The sentence shown')}</h3>
<p class="soft">〔〕内为计算值；数字为最新的默认阈值。${english('〔〕 stand for computed values; numbers are the newest defaults.')}</p>${shown(flagged)}
<h3>何种情形下不成立 ${english('What would clear it')}</h3>${shown(cleared)}`
}

const HEADS = [
  { zh: '含义', en: 'meaning' }, { zh: '适用地区', en: 'area' }, { zh: '施行日期', en: 'in force from' },
  { zh: '数值', en: 'value', number: true as const }, { zh: '出处', en: 'source' }
]

function thresholdTable (thresholds: readonly Threshold[]): Html {
  const rows = thresholds.flatMap(threshold => [
    ...threshold.values.map(value => thresholdRow(threshold, html`默认 ${english('default')}`, value)),
    ...[...threshold.areas].flatMap(([area, values]) => values.map(value => thresholdRow(threshold, html`<code>${area}</code>`, value)))
  ])
  return table({ zh: '各地区、各时期的数值；未单列的地区用默认值', en: 'by area and date; areas not listed use the default' }, HEADS, rows,
    { zh: '本规则不设阈值', en: 'the rule has no thresholds' })
}

function thresholdRow ({ name, says, unit }: Threshold, area: Html, { from, value, basis, source, link, why }: ParameterValue): Html {
  const { zh, en } = withUnit(value, unit)
  const named = source !== '' && html`<br>${/^https?:\/\//.test(link) ? html`<a href="${link}" rel="noreferrer">${source}</a>` : source}`
  return html`<tr><td>${both(says)}<br><code class="soft">${name}</code></td><td>${area}</td><td class="nowrap">${formatDate(from)}</td>
<td class="number">${zh}${en !== zh && html`<br>${english(en)}`}</td>
<td>${both(BASES[basis])}${named}${why !== '' && html`<br><span class="why">${bilingual(why)}</span>`}</td></tr>`
}
