/**
 * rules/knowledge/<list>.yaml: a list with its public source, read strictly. Which lists there are and what their entries say
 * stands here.
 */
import { existsSync, readFileSync } from 'node:fs'
import { type ExclusivePair, exclusivePairs, type Knowledge, NO_KNOWLEDGE } from '../knowledge.ts'
import type { Bilingual } from '../rulebook.ts'
import type { Millis } from '../time.ts'
import { Fields, invalid } from './fields.ts'
import { parseYaml } from './thresholds.ts'

/** One entry as pages show it: the codes it is about, what it says, and from when. */
export interface KnowledgeEntry extends Bilingual { readonly codes: readonly string[], readonly from: Millis }

/** A list as its file states it. */
export interface KnowledgeList {
  /** The file's name without .yaml. */
  readonly name: string
  readonly title: Bilingual
  /** The public source that states the entries. */
  readonly source: Bilingual
  /** '' when the source has no address. */
  readonly link: string
  /** The day whose state the list is. */
  readonly as_of: Millis
  /** Why the entries may be repeated here. */
  readonly licence_note: Bilingual
  readonly entries: readonly KnowledgeEntry[]
  /** What rules of this list read. */
  readonly known: Partial<Knowledge>
  /** The file's text. */
  readonly text: string
}

interface Read { readonly entries: readonly KnowledgeEntry[], readonly known: Partial<Knowledge> }

/** How the entries of each list are read. */
const READERS: Readonly<Record<string, (entries: readonly Fields[]) => Read>> = { 'exclusive-items': readPairs }

const CODE = /^[0-9A-Z]{3,50}$/

/**
 * Reads one list.
 * @param directory rules/knowledge/, ending in '/'
 * @param asker the file that names the list, for the error when there is none
 * @throws EngineError RULE_INVALID naming the file and the field
 */
export function readKnowledge (directory: URL, name: string, asker: string): KnowledgeList {
  const reader = READERS[name]
  const file = new URL(`${name}.yaml`, directory)
  if (reader === undefined || !existsSync(file)) throw invalid(asker, 'knowledge', `there is no list "${name}" under rules/knowledge`)
  const where = `knowledge/${name}.yaml`
  const text = readFileSync(file, 'utf8')
  const fields = new Fields(where, '', parseYaml(where, text))
  const entries = fields.list('entries').map((each, i) => new Fields(where, `entries.${i}`, each))
  const list = {
    name,
    title: fields.bilingual('title'),
    source: fields.bilingual('source'),
    link: fields.has('link') ? fields.text('link') : '',
    as_of: fields.date('as_of'),
    licence_note: fields.bilingual('licence_note'),
    ...reader(entries),
    text
  }
  fields.done()
  return list
}

/** What a rule that names these lists reads. */
export function knowledgeOf (lists: readonly KnowledgeList[]): Knowledge {
  return Object.freeze(Object.assign({ ...NO_KNOWLEDGE }, ...lists.map(({ known }) => known)))
}

function readPairs (entries: readonly Fields[]): Read {
  const seen = new Set<string>()
  const pairs = entries.map((fields): ExclusivePair => {
    const pair = { a: code(fields, 'a'), b: code(fields, 'b'), from: fields.date('from'), ...fields.spoken() }
    fields.done()
    if (pair.a === pair.b) fields.fail('b', 'is the same item as a')
    const key = [pair.a, pair.b].sort().join(' ')
    if (seen.has(key)) fields.fail('b', `the pair ${key} stands in the list already`)
    seen.add(key)
    return pair
  })
  return {
    entries: pairs.map(({ a, b, from, zh, en }) => ({ codes: [a, b], from, zh, en })),
    known: { exclusive_items: exclusivePairs(pairs) }
  }
}

function code (fields: Fields, name: string): string {
  const value = fields.text(name)
  return CODE.test(value) ? value : fields.fail(name, `"${value}" is not an item code (digits and capital letters)`)
}
