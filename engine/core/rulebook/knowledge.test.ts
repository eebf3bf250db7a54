/** Knowledge lists: read with the rules that name them, frozen, part of the digest, and refused when something is wrong. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { parseMoment } from '../time.ts'
import { PACKAGE_ROOT, readRuleFolder } from './folders.ts'
import { knowledgeOf } from './knowledge.ts'
import { loadRulebook } from './load.ts'

const RULE = 'exclusive-items'
const scratch = mkdtempSync(join(tmpdir(), 'knowledge-'))
const folder = join(scratch, 'rules/monitoring', RULE)
const list = join(scratch, 'rules/knowledge/exclusive-items.yaml')
const [CARE, CONSULTATION, BED] = ['001103000010000', '001102000030000', '001109000010000']

beforeEach(() => {
  rmSync(join(scratch, 'rules'), { recursive: true, force: true })
  mkdirSync(join(scratch, 'rules/monitoring'), { recursive: true })
  cpSync(fileURLToPath(new URL(`rules/monitoring/${RULE}`, PACKAGE_ROOT)), folder, { recursive: true })
  cpSync(fileURLToPath(new URL('rules/knowledge', PACKAGE_ROOT)), join(scratch, 'rules/knowledge'), { recursive: true })
})
afterAll(() => rmSync(scratch, { recursive: true }))

function edit (file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8')
  const edited = text.replace(from, to)
  expect(edited, `${from} is in ${file}`).not.toBe(text)
  writeFileSync(file, edited)
}

const read = () => readRuleFolder(pathToFileURL(`${folder}/`), RULE)

test('a list is read with the rule that names it, frozen, and asked by either item', () => {
  const { knowledge, texts } = read()
  expect(knowledge.map(({ name }) => name)).toEqual(['exclusive-items'])
  expect(texts).toContain(readFileSync(list, 'utf8'))
  const { exclusive_items } = knowledgeOf(knowledge)
  expect(exclusive_items.of(CARE!).length).toBeGreaterThan(1)
  expect(exclusive_items.of(CONSULTATION!)).toEqual([exclusive_items.entries[0]])
  expect(exclusive_items.entries[0]).toMatchObject({ a: CARE, b: CONSULTATION, from: parseMoment('2021-05-01')!.at })
  expect(exclusive_items.of('none')).toEqual([])
  for (const part of [exclusive_items, exclusive_items.entries, exclusive_items.entries[0], exclusive_items.of(CARE!)]) {
    expect(Object.isFrozen(part)).toBe(true)
  }
})

test('a rule that names no list knows none', async () => {
  const { rules } = await loadRulebook()
  const entriesOf = (rule: string) => rules.find(({ id }) => id === rule)!.knowledge!.exclusive_items.entries
  expect(entriesOf('sex-limited-item')).toEqual([])
  expect(entriesOf(RULE).length).toBeGreaterThan(0)
})

test('a list that is changed changes the digest', async () => {
  edit(join(folder, 'evaluate.ts'), /\.\.\/\.\.\/\.\.\/engine/g, fileURLToPath(new URL('engine', PACKAGE_ROOT)))
  const before = await loadRulebook(scratch)
  edit(list, 'from: 2021-05-01', 'from: 2022-05-01')
  const after = await loadRulebook(scratch)
  expect(after.digest).not.toBe(before.digest)
  expect(after.rules[0]!.knowledge!.exclusive_items.entries[0]!.from).toBe(parseMoment('2022-05-01')!.at)
})

describe('a list is refused', () => {
  test.each<[string, string | RegExp, string, RegExp]>([
    ['without a source', /source:\n.*\n.*\n/, '', /^knowledge\/exclusive-items\.yaml: source: is missing/],
    ['without a note on its use', /licence_note:\n.*\n.*\n/, '', /licence_note: is missing/],
    ['as of a day that does not exist', 'as_of: 2026-11-23', 'as_of: 2026-11-31', /as_of: "2026-11-31" is not a date/],
    ['with an entry without a date', '    from: 2021-05-01\n', '', /entries\.0\.from: is missing/],
    ['with a code that is none', `"${CONSULTATION}"`, '"急诊诊查费"', /entries\.0\.b: "急诊诊查费" is not an item code/],
    ['with an item against itself', `"${CONSULTATION}"`, `"${CARE}"`, /entries\.0\.b: is the same item as a/],
    ['with a pair twice', `"${BED}"`, `"${CONSULTATION}"`, /entries\.1\.b: the pair .* stands in the list already/],
    ['with an unknown field', 'as_of:', 'asof: x\nas_of:', /asof: is not a field of this file/]
  ])('%s', (_what, from, to, says) => {
    edit(list, from, to)
    expect(() => read()).toThrow(says)
  })

  test('that does not exist, where it is named', () => {
    edit(join(folder, 'definition.md'), '[exclusive-items]', '[other-items]')
    expect(() => read()).toThrow(`${RULE}/definition.md: knowledge: there is no list "other-items" under rules/knowledge`)
  })
})
