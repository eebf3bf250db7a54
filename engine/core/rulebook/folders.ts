/** Where rule folders lie, and what the four files of each say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Definition, readDefinition } from './definition.ts'
import { invalid } from './fields.ts'
import { type KnowledgeList, readKnowledge } from './knowledge.ts'
import { readThresholds, type Threshold } from './thresholds.ts'

/** The four files of a rule folder; a fifth is an error. */
export const RULE_FILES = ['cases.md', 'definition.md', 'evaluate.ts', 'thresholds.yaml'] as const

/** A rule folder as its author wrote it. */
export interface RuleFolder {
  readonly id: string
  /** Directory of the sources, ending in '/'. */
  readonly directory: URL
  readonly definition: Definition
  readonly thresholds: readonly Threshold[]
  /** The lists that the definition names, in its order. */
  readonly knowledge: readonly KnowledgeList[]
  /** The texts of definition.md, thresholds.yaml and the lists. */
  readonly texts: readonly string[]
}

/** Whether this code runs compiled (dist/engine/…/*.js) or as its TypeScript source (tests). */
export const COMPILED = !import.meta.url.endsWith('.ts')

/** The directory of the package: it holds rules/ and, once built, dist/. */
export const PACKAGE_ROOT = new URL(COMPILED ? '../../../../' : '../../../', import.meta.url)

/** A path or URL of a package root as a directory URL. */
export function rootUrl (root: URL | string = PACKAGE_ROOT): URL {
  const url = typeof root === 'string' ? pathToFileURL(root) : root
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`)
}

/** Where a rule's evaluate is imported from: the sources when they run as such, else the compiled sibling. */
export function evaluateUrl (root: URL, id: string): URL {
  return new URL(COMPILED ? `dist/rules/monitoring/${id}/evaluate.js` : `rules/monitoring/${id}/evaluate.ts`, root)
}

/** Every folder under rules/monitoring, by id. Throws RULE_INVALID for the first that is not a rule. */
export function readRuleFolders (root: URL = PACKAGE_ROOT): RuleFolder[] {
  const home = new URL('rules/monitoring/', root)
  if (!existsSync(home)) throw invalid(home.pathname, '', 'there is no such directory')
  const names = readdirSync(home, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name)
  return names.sort().map(id => readRuleFolder(new URL(`${id}/`, home), id))
}

/** Reads one folder. */
export function readRuleFolder (directory: URL, id: string): RuleFolder {
  const read = (name: string): string => {
    const file = new URL(name, directory)
    if (!existsSync(file)) throw invalid(`${id}/${name}`, '', 'the file is missing')
    return readFileSync(file, 'utf8')
  }
  const texts = [read('definition.md'), read('thresholds.yaml')] as const
  const definition = readDefinition(`${id}/definition.md`, texts[0], id)
  const lists = new URL('../../knowledge/', directory)
  const knowledge = definition.knowledge.map(name => readKnowledge(lists, name, `${id}/definition.md`))
  return {
    id,
    directory,
    definition,
    thresholds: readThresholds(`${id}/thresholds.yaml`, texts[1]),
    knowledge,
    texts: [...texts, ...knowledge.map(({ text }) => text)]
  }
}
