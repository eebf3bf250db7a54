/** definition.md: the page a supervisor signs. Front matter for machines, fixed headings for people. */
import type { Severity } from '../flag.ts'
import type { Bilingual, LawArticle, ValueForm } from '../rulebook.ts'
import { SHARED_KINDS, type SharedKind } from '../shared.ts'
import { DAY, type Millis } from '../time.ts'
import { Fields, invalid } from './fields.ts'
import type { InForce } from './law.ts'
import { parseYaml } from './thresholds.ts'
import type { Words } from './template.ts'

/** The headings of a definition's body, in this order. Each begins with its Chinese name. */
export const HEADINGS = [
  '法律依据 The law',
  '比对内容 What is compared',
  '提示内容 What is flagged',
  '已知遗漏 What it misses',
  '合理情形 Innocent causes',
  '人工核查 What to check by hand',
  '记忆内容 What it remembers'
] as const
export type Heading = typeof HEADINGS[number]

/** Keys of `negative_items` with their items: 扬医保规〔2020〕1号 Article 8, for medical institutions and for pharmacies. */
const NEGATIVE_ITEMS: ReadonlyMap<string, RegExp> = new Map([
  ['yangzhou-2020', /^8\.1\.[1-8]$/],
  ['yangzhou-2020/pharmacy', /^8\.2\.[1-5]$/]
])

/** What a computed value is called; `as` where the sentences do not say how it is to be read. */
export interface NamedValue extends Bilingual { readonly as: ValueForm | null }

export interface Definition {
  readonly id: string
  readonly version: number
  readonly title: Bilingual
  readonly official_id: string
  readonly subject: 'person' | 'claim' | SharedKind
  readonly severity: Severity
  readonly stage: readonly string[]
  readonly behaviour: 1 | 2
  readonly owner: string
  readonly in_force: InForce
  readonly last_verified: Millis
  readonly law: readonly LawArticle[]
  readonly negative_items: Readonly<Record<string, string>>
  readonly flagged: Bilingual
  readonly cleared: Bilingual
  readonly exclusions: ReadonlyMap<string, Bilingual>
  readonly facts: ReadonlyMap<string, Bilingual>
  readonly words: Words
  readonly values: ReadonlyMap<string, NamedValue>
  readonly to_check: readonly Bilingual[]
  /** Names of the lists under rules/knowledge that it reads. */
  readonly knowledge: readonly string[]
  /** Body text under each heading. */
  readonly sections: ReadonlyMap<Heading, string>
  /** Ids of the innocent causes: the first `code` of each list item under that heading. */
  readonly innocent_causes: readonly string[]
}

const STAGES = ['pre', 'in', 'post'] as const
const FOLDER = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const OFFICIAL = /^(GZ|ZB)\d{14}$/

/**
 * Reads a definition.
 * @param id the folder's name, which `id` must repeat
 * @throws EngineError RULE_INVALID naming the file and the field
 */
export function readDefinition (file: string, text: string, id: string): Definition {
  const split = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text)
  if (split === null) throw invalid(file, '', 'must begin with front matter between two lines "---"')
  const fields = new Fields(file, '', parseYaml(file, split[1]!))
  if (fields.text('id') !== id || !FOLDER.test(id)) fields.fail('id', `must be the folder's name, "${id}", in kebab-case`)
  const sections = readSections(file, split[2]!)
  const definition: Definition = {
    id,
    version: fields.integer('version'),
    title: { zh: fields.text('title_zh'), en: fields.text('title_en') },
    official_id: officialId(fields),
    subject: fields.oneOf('subject', ['person', 'claim', ...SHARED_KINDS]),
    severity: Number(fields.oneOf('severity', ['S1', 'S2', 'S3']).slice(1)) as Severity,
    stage: stages(fields),
    behaviour: behaviour(fields),
    owner: fields.text('owner'),
    in_force: inForce(fields.map('in_force')),
    last_verified: fields.date('last_verified'),
    law: fields.list('law').map((each, i) => article(new Fields(file, `law.${i}`, each))),
    negative_items: negativeItems(fields.mapOr('negative_items')),
    flagged: fields.bilingual('flagged'),
    cleared: fields.bilingual('cleared'),
    exclusions: texts(fields.mapOr('exclusions')),
    facts: texts(fields.mapOr('facts')),
    words: new Map(fields.mapOr('words').ids().map(name => [name, codes(fields.map('words').map(name))])),
    values: namedValues(fields.mapOr('values')),
    to_check: fields.list('to_check').map((each, i) => new Fields(file, `to_check.${i}`, each).both()),
    knowledge: fields.has('knowledge') ? knowledge(fields) : [],
    sections,
    innocent_causes: causes(sections.get('合理情形 Innocent causes')!)
  }
  fields.oneOf('result', ['suspected'])
  if (definition.version < 1) fields.fail('version', 'starts at 1')
  fields.done()
  return definition
}

function officialId (fields: Fields): string {
  const value = fields.text('official_id')
  if (value === 'none') return ''
  if (!OFFICIAL.test(value)) fields.fail('official_id', 'must be GZ or ZB and 14 digits, or none')
  return value
}

function stages (fields: Fields): string[] {
  return fields.list('stage').map(each => {
    const stage = STAGES.find(known => known === each)
    return stage ?? fields.fail('stage', `must be a list of ${STAGES.join(', ')}`)
  })
}

function knowledge (fields: Fields): string[] {
  return fields.list('knowledge').map(each => {
    return typeof each === 'string' && FOLDER.test(each) ? each : fields.fail('knowledge', 'must be a list of names of rules/knowledge')
  })
}

function behaviour (fields: Fields): 1 | 2 {
  const value = fields.integer('behaviour')
  return value === 1 || value === 2 ? value : fields.fail('behaviour', 'must be 1 (visit) or 2 (item)')
}

function inForce (fields: Fields): InForce {
  const from = fields.date('from')
  const until = fields.has('to') ? fields.date('to') + DAY : Infinity
  fields.done()
  if (until <= from) fields.fail('to', 'must not be before from')
  return { from, until }
}

function article (fields: Fields): LawArticle {
  const cited = { zh: fields.text('zh'), en: fields.text('en'), from: fields.date('from') }
  fields.done()
  return cited
}

function negativeItems (fields: Fields): Record<string, string> {
  const items: Record<string, string> = {}
  for (const key of fields.names()) {
    const list = NEGATIVE_ITEMS.get(key)
    if (list === undefined) fields.fail(key, `must be one of ${[...NEGATIVE_ITEMS.keys()].join(', ')}`)
    const item = fields.text(key)
    if (!list.test(item)) fields.fail(key, `has no item "${item}"`)
    items[key] = item
  }
  return items
}

function texts (fields: Fields): Map<string, Bilingual> {
  return new Map(fields.ids().map(name => [name, fields.bilingual(name)]))
}

function namedValues (fields: Fields): Map<string, NamedValue> {
  return new Map(fields.ids().map(name => {
    const value = fields.map(name)
    const named = { ...value.spoken(), as: value.has('as') ? value.oneOf('as', ['plain', 'date', 'time', 'yuan']) : null }
    value.done()
    return [name, named]
  }))
}

/** Codes are data, not our names: "1", "a" or "gend" are all allowed. */
function codes (fields: Fields): Map<string, Bilingual> {
  return new Map(fields.names().map(code => [code, fields.bilingual(code)]))
}

function readSections (file: string, body: string): Map<Heading, string> {
  const parts = body.split(/^## +/m).slice(1).map(part => {
    const end = part.indexOf('\n')
    return { heading: (end < 0 ? part : part.slice(0, end)).trim(), text: end < 0 ? '' : part.slice(end).trim() }
  })
  const sections = new Map<Heading, string>()
  HEADINGS.forEach((heading, i) => {
    const part = parts[i]
    if (part?.heading !== heading) {
      throw invalid(file, '', `heading ${i + 1} must be "## ${heading}", not "${part?.heading ?? ''}"`)
    }
    if (part.text === '') throw invalid(file, `## ${heading}`, 'is empty')
    sections.set(heading, part.text)
  })
  if (parts.length > HEADINGS.length) throw invalid(file, `## ${parts[HEADINGS.length]!.heading}`, 'is not one of the headings')
  return sections
}

function causes (text: string): string[] {
  return [...text.matchAll(/^- `([a-z][a-z0-9_]*)`/gm)].map(match => match[1]!)
}
