/** Loads the rulebook: a folder present under rules/monitoring is a rule live; nothing is registered anywhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { fingerprintHex } from '../fingerprint.ts'
import { type Rule, type SharedRule, subjectOf } from '../rule.ts'
import type { LoadedRule, Rulebook } from '../rulebook.ts'
import { SHARED_KINDS } from '../shared.ts'
import { invalid } from './fields.ts'
import { COMPILED, evaluateUrl, type RuleFolder, readRuleFolders, rootUrl } from './folders.ts'
import { knowledgeOf } from './knowledge.ts'
import { buildLaw } from './law.ts'
import { parametersOf, sentences, valueLabels } from './speech.ts'

const READS = ['stays', 'visits', 'death']

/**
 * Reads, checks and imports every rule folder.
 * @param root the package's directory; this package's own when left out
 * @throws EngineError RULE_INVALID naming the file and the field that is wrong
 */
export async function loadRulebook (root?: URL | string): Promise<Rulebook> {
  const base = rootUrl(root)
  const folders = readRuleFolders(base)
  const rules: LoadedRule[] = []
  const core = fingerprintHex(...coreTexts())
  for (const folder of folders) {
    const url = evaluateUrl(base, folder.id)
    const digest = fingerprintHex(folder.id, ...folder.texts, readFileSync(url, 'utf8'), core)
    rules.push({ ...assembleRule(folder, await importRule(folder.id, url)), digest })
  }
  return { rules, digest: fingerprintHex(...rules.map(({ digest = '' }) => digest)) }
}

/** Rules may call the core's helpers, so a change there can change a judgement too. */
function coreTexts (): string[] {
  const core = new URL('../', import.meta.url)
  const extension = COMPILED ? '.js' : '.ts'
  const names = readdirSync(core).filter(name => name.endsWith(extension) && !name.endsWith(`.test${extension}`))
  return names.sort().map(name => readFileSync(new URL(name, core), 'utf8'))
}

async function importRule (id: string, url: URL): Promise<Rule> {
  const file = `${id}/evaluate.ts`
  let module: { default?: unknown }
  try {
    module = await import(/* @vite-ignore */ url.href) as { default?: unknown }
  } catch (error) {
    const hint = COMPILED ? ' (was it built? npm run build)' : ''
    throw invalid(file, '', `cannot be imported${hint}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return checkRule(file, module.default)
}

function checkRule (file: string, value: unknown): Rule {
  const rule = value as Partial<Rule> | undefined
  if (typeof rule?.evaluate !== 'function') {
    throw invalid(file, 'default', 'must be personRule({ … }), claimRule({ … }) or sharedRule({ … })')
  }
  if (!['person', 'claim', 'shared'].includes(rule.subject ?? '')) throw invalid(file, 'subject', 'must be person, claim or shared')
  if (rule.subject === 'shared') checkShared(file, rule)
  if (rule.subject === 'person') {
    const reads = (rule as { reads?: unknown }).reads
    const known = Array.isArray(reads) && reads.length > 0 && reads.every(each => READS.includes(each))
    if (!known) throw invalid(file, 'reads', `must list some of ${READS.join(', ')}`)
  }
  return rule as Rule
}

function checkShared (file: string, { of, sight, quorum, stock }: Partial<SharedRule>): void {
  if (of === undefined || !SHARED_KINDS.includes(of)) throw invalid(file, 'of', `must be one of ${SHARED_KINDS.join(', ')}`)
  if (typeof sight !== 'function') throw invalid(file, 'sight', 'must say which subjects a settlement shows')
  if (quorum !== undefined && !(Number.isSafeInteger(quorum) && quorum > 0)) throw invalid(file, 'quorum', 'must be a whole number above 0')
  if (stock !== undefined && of !== 'item') throw invalid(file, 'stock', 'is for rules about items')
}

/** Puts a folder and its evaluator together. Throws RULE_INVALID when they contradict each other. */
export function assembleRule (folder: RuleFolder, rule: Rule): LoadedRule {
  const { definition, thresholds, id } = folder
  const file = `${id}/definition.md`
  if (definition.subject !== subjectOf(rule)) {
    throw invalid(file, 'subject', `is ${definition.subject}, but evaluate.ts declares ${subjectOf(rule)}`)
  }
  const limits = new Set(thresholds.map(threshold => threshold.name))
  const flagged = sentences(file, 'flagged', definition, limits)
  const cleared = sentences(file, 'cleared', definition, limits)
  return {
    id,
    version: definition.version,
    title: definition.title,
    official_id: definition.official_id,
    severity: definition.severity,
    behaviour: definition.behaviour,
    law_basis: definition.law,
    negative_items: definition.negative_items,
    exclusions: definition.exclusions,
    facts: definition.facts,
    to_check: definition.to_check,
    parameters: parametersOf(thresholds),
    value_labels: valueLabels(file, definition, [...flagged.templates, ...cleared.templates]),
    law: buildLaw(`${id}/thresholds.yaml`, definition.in_force, thresholds),
    rule,
    knowledge: knowledgeOf(folder.knowledge),
    folder,
    sentence: flagged.fill,
    cleared: cleared.fill
  }
}
