/** `fundwatch rules [ID]`: the rules as they judge, with the thresholds in force. */
import { readRuleFolders } from '../../core/rulebook/folders.ts'
import type { InForce } from '../../core/rulebook/law.ts'
import { lawsOn } from '../../core/rulebook/law.ts'
import { loadRulebook } from '../../core/rulebook/load.ts'
import type { Bilingual, LawArticle, LoadedRule } from '../../core/rulebook.ts'
import { formatDate, parseMoment } from '../../core/time.ts'
import type { Millis } from '../../core/time.ts'
import { explainThresholds } from '../../http/explained.ts'
import { checkArea } from '../area.ts'
import { EXIT, UsageError, textOf } from '../command.ts'
import type { Command } from '../command.ts'
import { didYouMean } from '../did-you-mean.ts'
import { out, table } from '../output.ts'

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'list the rules, or show one with its thresholds',
  usage: '[ID] [--on DATE] [--area CODE] [--json]',
  takes: { what: 'an ID', least: 0, most: 1 },
  options: {
    on: { type: 'string', value: 'DATE', says: 'date of service, yyyy-MM-dd; today without it' },
    area: { type: 'string', value: 'CODE', says: 'pooling area whose own numbers apply, six digits; the defaults without it' },
    json: { type: 'boolean', says: 'machine-readable' }
  },
  examples: ['fundwatch rules', 'fundwatch rules split-hospitalisation --on 2026-03-01 --area 310000'],
  async run ({ values, positionals }) {
    const on = dateOf(textOf(values, 'on') ?? formatDate(Date.now()))
    const area = checkArea(textOf(values, 'area') ?? '')
    const { rules } = await loadRulebook()
    const [id] = positionals
    const inForce = new Map(readRuleFolders().map(folder => [folder.id, folder.definition.in_force]))
    const shown = rules.map(rule => ({ rule, on, area, thresholds: rule.law.on(on, area), absence: absenceOf(inForce.get(rule.id)!, on) }))
    const one = shown.find(each => each.rule.id === id)
    if (id !== undefined && one === undefined) {
      throw new UsageError(`there is no rule "${id}".${didYouMean(id, rules.map(rule => rule.id))} fundwatch rules lists them all.`)
    }
    if (values.json === true) out(JSON.stringify(one === undefined ? shown.map(forMachines) : forMachines(one), null, 2))
    else out(one === undefined ? list(shown) : page(one))
    return EXIT.ok
  }
}

interface Shown {
  readonly rule: LoadedRule
  readonly on: Millis
  readonly area: string
  /** Null when the rule is not in force. */
  readonly thresholds: Readonly<Record<string, number>> | null
  /** Why it is not in force; null when it is. */
  readonly absence: Bilingual | null
}

function dateOf (text: string): Millis {
  const moment = parseMoment(text)
  if (moment === null || !moment.dateOnly) throw new UsageError(`--on must be a date, yyyy-MM-dd, not ${text}`)
  return moment.at
}

function absenceOf ({ from, until }: InForce, at: Millis): Bilingual | null {
  const [first, last] = [formatDate(from), until === Infinity ? '' : formatDate(until - 1)]
  if (at < from) return { zh: `尚未施行（自 ${first} 起施行）`, en: `not in force yet (from ${first})` }
  if (at >= until) return { zh: `已停止施行（施行至 ${last}）`, en: `no longer in force (until ${last})` }
  return null
}

function list (all: readonly Shown[]): string {
  return table([
    ['规则 RULE', '名称', '等级', '国家编码 CODE', '版本', ''],
    ...all.map(({ rule, absence }) => [
      rule.id, rule.title.zh, GRADES[rule.severity], rule.official_id || '–', String(rule.version), absence?.zh ?? ''
    ])
  ])
}

const GRADES = { 1: '高', 2: '中', 3: '低' } as const

/** The law that a judgement of the day would rest on; none while the rule is not in force. */
function basisOf ({ rule, on, absence }: Shown): LawArticle[] {
  return absence === null ? lawsOn(rule.law_basis, on) : []
}

function lawLines (articles: readonly LawArticle[]): string[] {
  return articles.length === 0 ? ['  无：该日本规则不适用'] : articles.map(({ zh }) => `  ${zh}`)
}

function forMachines (shown: Shown): object {
  const { rule, thresholds } = shown
  const { id, version, title, official_id, severity, negative_items, to_check } = rule
  const law_basis = basisOf(shown).map(({ zh, en, from }) => ({ zh, en, from: formatDate(from) }))
  const exclusions = Object.fromEntries(rule.exclusions)
  return { id, version, title, official_id, severity, law_basis, negative_items, exclusions, to_check, thresholds }
}

function page (shown: Shown): string {
  const { rule, on, area, thresholds, absence } = shown
  const numbers = explainThresholds({ thresholds: thresholds ?? {}, service_time: on, area }, rule)
    .map(t => [`  ${t.name}`, t.shown.zh, t.says.zh])
  return [
    `${rule.title.zh}  ${rule.title.en}`,
    `${rule.id} v${rule.version} · 最高等级 ${GRADES[rule.severity]} · ${rule.official_id || '国家规则库无对应编码'}`,
    ...(absence === null ? [] : [`该日${absence.zh}  ${absence.en}`]),
    '', '法律依据', ...lawLines(basisOf(shown)),
    '', '阈值', numbers.length > 0 ? table(numbers) : absence === null ? '  无：本规则不设阈值' : '  无：该日本规则不适用',
    '', '排除情形', ...[...rule.exclusions.values()].map(e => `  ${e.zh}  ${e.en}`),
    '', '人工核查', ...rule.to_check.map((c, i) => `  ${i + 1}. ${c.zh}`)
  ].join('\n')
}
