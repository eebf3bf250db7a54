/** `fundwatch rules [ID]`: the rules as they judge, with the thresholds in force. */
import { loadRulebook } from '../../core/rulebook/load.ts'
import type { LoadedRule } from '../../core/rulebook.ts'
import { formatDate, parseMoment } from '../../core/time.ts'
import { EXIT, UsageError, textOf } from '../command.ts'
import type { Command } from '../command.ts'
import { out, table } from '../output.ts'

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'list the rules, or show one with its thresholds',
  usage: '[ID] [--on DATE] [--area CODE] [--json]',
  options: {
    on: { type: 'string', value: 'DATE', says: 'date of service, yyyy-MM-dd; today without it' },
    area: { type: 'string', value: 'CODE', says: 'pooling area, six digits' },
    json: { type: 'boolean', says: 'machine-readable' }
  },
  examples: ['fundwatch rules', 'fundwatch rules split-hospitalisation --on 2026-03-01 --area 310000'],
  async run ({ values, positionals }) {
    const { rules } = await loadRulebook()
    const moment = parseMoment(textOf(values, 'on') ?? formatDate(Date.now()))
    if (moment === null) throw new UsageError('--on must be a date, yyyy-MM-dd')
    const area = textOf(values, 'area') ?? ''
    const [id] = positionals
    if (id !== undefined && !rules.some(rule => rule.id === id)) throw new UsageError(`there is no rule "${id}"; fundwatch rules lists them all`)
    const chosen = id === undefined ? rules : rules.filter(rule => rule.id === id)
    const shown = chosen.map(rule => describe(rule, rule.law.on(moment.at, area)))
    if (values.json === true) out(JSON.stringify(id === undefined ? shown : shown[0], null, 2))
    else if (id === undefined) out(table([['RULE', '名称', '等级', 'NATIONAL CODE', 'VERSION'], ...chosen.map(r => [r.id, r.title.zh, GRADES[r.severity], r.official_id || '–', String(r.version)])]))
    else out(page(chosen[0]!, shown[0]!))
    return EXIT.ok
  }
}

const GRADES = { 1: '高', 2: '中', 3: '低' } as const

function describe (rule: LoadedRule, thresholds: Readonly<Record<string, number>> | null) {
  const { id, version, title, official_id, severity, law_basis, negative_items, to_check } = rule
  return { id, version, title, official_id, severity, law_basis, negative_items, exclusions: Object.fromEntries(rule.exclusions), to_check, thresholds }
}

function page (rule: LoadedRule, shown: ReturnType<typeof describe>): string {
  const thresholds = shown.thresholds === null
    ? ['  not in force on that date']
    : [table(Object.entries(shown.thresholds).map(([name, value]) => [`  ${name}`, String(value), rule.parameters.get(name)?.says.zh ?? '']))]
  return [
    `${rule.title.zh}  ${rule.title.en}`,
    `${rule.id} v${rule.version} · 最高等级 ${GRADES[rule.severity]} · ${rule.official_id || '国家规则库无对应编码'}`,
    '', '法律依据', ...rule.law_basis.map(l => `  ${l.zh}`),
    '', '阈值', ...thresholds,
    '', '排除情形', ...[...rule.exclusions.values()].map(e => `  ${e.zh}  ${e.en}`),
    '', '人工核查', ...rule.to_check.map((c, i) => `  ${i + 1}. ${c.zh}`)
  ].join('\n')
}
