/** The loader takes only what is complete and consistent, and says which file and field is not. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { EngineError } from '../errors.ts'
import type { Values } from '../flag.ts'
import type { Bilingual } from '../rulebook.ts'
import { parseMoment } from '../time.ts'
import { PACKAGE_ROOT, readRuleFolder, readRuleFolders } from './folders.ts'
import { lawsOn } from './law.ts'
import { loadRulebook } from './load.ts'
import { scaffold } from './scaffold.ts'

const EXAMPLE = 'bed-nursing-only-days'
const example = fileURLToPath(new URL(`rules/monitoring/${EXAMPLE}`, PACKAGE_ROOT))
const scratch = mkdtempSync(join(tmpdir(), 'rulebook-'))
const folder = join(scratch, 'rules/monitoring', EXAMPLE)
const root = pathToFileURL(`${scratch}/`)

beforeEach(() => {
  rmSync(join(scratch, 'rules'), { recursive: true, force: true })
  mkdirSync(join(scratch, 'rules/monitoring'), { recursive: true })
  cpSync(example, folder, { recursive: true })
})
afterAll(() => rmSync(scratch, { recursive: true }))

function edit (name: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, name), 'utf8')
  const edited = text.replace(from, to)
  expect(edited, `${from} is in ${name}`).not.toBe(text)
  writeFileSync(join(folder, name), edited)
}

function problem (): string {
  try {
    readRuleFolders(root)
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError)
    expect((error as EngineError).code).toBe('RULE_INVALID')
    return (error as EngineError).message
  }
  return ''
}

describe('a rulebook', () => {
  test('is every folder, by id, and equal files have equal digests', async () => {
    const [one, two] = [await loadRulebook(), await loadRulebook(PACKAGE_ROOT.pathname)]
    expect(one.rules.map(({ id }) => id)).toEqual(one.rules.map(({ id }) => id).toSorted())
    expect(one.rules.map(({ id }) => id)).toContain(EXAMPLE)
    expect(two.digest).toBe(one.digest)
    expect(one.digest).toMatch(/^[0-9a-f]{32}$/)
  })

  test('fills its sentences in both languages', async () => {
    const rule = (await loadRulebook()).rules.find(({ id }) => id === EXAMPLE)!
    const at = Date.UTC(2026, 2, 4, 4)
    const limits = rule.law.on(at, '341702')!
    const { zh, en } = rule.sentence({ days: 4, from: at, to: at + 3 * 86_400_000 }, limits)
    expect(zh).toContain('2026-03-04 至 2026-03-07 连续 4 天')
    expect(en).toContain('(threshold 3 days)')
    expect(() => rule.sentence({ days: 4 }, limits)).toThrow('{from}')
  })
})

test('every rule rests on a law on every day on which it judges', async () => {
  for (const { id, law_basis, folder } of (await loadRulebook()).rules) {
    expect([id, lawsOn(law_basis, folder!.definition.in_force.from).length > 0]).toEqual([id, true])
  }
})

describe('sentences that a stranger stumbled over', () => {
  const sentenceOf = async (id: string, values: Values): Promise<Bilingual> => {
    const rule = (await loadRulebook()).rules.find(each => each.id === id)!
    return rule.sentence(values, rule.law.on(parseMoment('2026-03-04')!.at, '341702')!)
  }

  test('a share below one percent is not nothing', async () => {
    const values = { los_days: 5, day_cost: 880, peer_day_cost: 100_000 }
    const tiny = await sentenceOf('bed-low-day-cost', { ...values, percent: 0 })
    expect([tiny.zh, tiny.en]).toEqual([expect.stringContaining('不足 1%'), expect.stringContaining('less than 1% of')])
    expect((await sentenceOf('bed-low-day-cost', { ...values, percent: 12 })).zh).toContain(' 12%（')
  })

  test('an age that is not limited is none', async () => {
    const { zh, en } = await sentenceOf('age-limited-item', { items: 1, first_item: '甲', age: 20, age_min: -1, age_max: 14 })
    expect(zh).toContain('限定周岁的下限：无，上限：14）')
    expect(en).toContain('least age: none, greatest: 14')
  })
})

describe('numbers for people', () => {
  const at = parseMoment('2026-03-04 10:00:00')!.at

  test('a value is read as the sentences read it, unless its label says otherwise', async () => {
    const { rules } = await loadRulebook()
    const labels = (id: string) => rules.find(rule => rule.id === id)!.value_labels
    expect(labels(EXAMPLE).get('from')).toMatchObject({ zh: '第一天', form: 'date' })
    expect(labels(EXAMPLE).get('days')).toMatchObject({ zh: '连续天数', form: 'plain' })
    expect(labels('frequent-visits-month').get('cost')).toMatchObject({ form: 'yuan' })
    expect(labels('visit-while-inpatient').get('discharge')).toMatchObject({ form: 'date' })
    expect(labels('certificate-mismatch').get('differs')!.words.get('gend')).toEqual({ zh: '性别', en: 'sex' })
  })

  test('a threshold says what it means and who states its number, by area and date', async () => {
    const { parameters } = (await loadRulebook()).rules.find(({ id }) => id === 'frequent-visits-year')!
    const parameter = parameters.get('year_op')!
    expect(parameter).toMatchObject({ says: { zh: '一年门诊达到多少次' }, unit: 'visits' })
    expect(parameter.basisOn(at, '310104')).toMatchObject({ value: 100, basis: 'local', source: expect.stringContaining('上海市') })
    expect(parameter.basisOn(at, '341702')).toMatchObject({ value: 100, basis: 'derived', why: expect.stringContaining('频繁门诊') })
    expect(parameter.basisOn(0, '341702')).toBeNull()
  })
})

describe('a folder is refused', () => {
  const mistakes: Array<[what: string, file: string, from: string | RegExp, to: string, says: RegExp]> = [
    ['without front matter', 'definition.md', /^---/, '', /definition\.md: must begin with front matter/],
    ['with another id', 'definition.md', `id: ${EXAMPLE}`, 'id: other', /definition\.md: id: must be the folder's name/],
    ['with an unknown field', 'definition.md', 'version: 1', 'version: 1\nversions: 2', /versions: is not a field of this file/],
    ['without an owner', 'definition.md', 'owner: 基金监管', 'owner:', /owner: is missing/],
    ['with a grade that does not exist', 'definition.md', 'severity: S3', 'severity: S4', /severity: must be one of S1, S2, S3/],
    ['in force from a day that does not exist', 'definition.md', 'in_force: { from: 2021-05-01 }', 'in_force: { from: 2021-02-30 }', /in_force\.from: "2021-02-30" is not a date/],
    ['in force until before it begins', 'definition.md', 'in_force: { from: 2021-05-01 }', 'in_force: { from: 2021-05-01, to: 2021-04-30 }', /in_force\.to: must not be before from/],
    ['with a negative item that the list does not have', 'definition.md', '"8.1.4"', '"8.1.9"', /negative_items\.yangzhou-2020: has no item "8\.1\.9"/],
    ['with a heading missing', 'definition.md', '## 已知遗漏 What it misses', '## Gaps', /heading 4 must be "## 已知遗漏 What it misses", not "Gaps"/],
    ['with a heading empty', 'definition.md', /(## 提示内容 What is flagged\n)[^#]*/, '$1\n', /What is flagged: is empty/],
    ['calling a suspicion more than that', 'definition.md', '疑似挂床', '违规挂床', /flagged\.zh: says of a suspicion/],
    ['with a text in one language', 'definition.md', /(day_surgery: \{ zh: .*?), en: .*? \}/, '$1 }', /exclusions\.day_surgery\.en: is missing/],
    ['with a value read in a way that does not exist', 'definition.md', 'en: "days in a row"', 'en: "days in a row", as: days', /values\.days\.as: must be one of plain, date, time, yuan/],
    ['with a label that calls a suspicion more than that', 'definition.md', 'zh: "连续天数"', 'zh: "违规天数"', /values\.days\.zh: says of a suspicion/],
    ['with broken YAML', 'thresholds.yaml', 'range: [2, 5]', 'range: [2, 5', /thresholds\.yaml: /],
    ['with a value out of range', 'thresholds.yaml', 'value: 3', 'value: 6', /nursing_only_days\.values\.2021-05-01\.value: 6 is outside the range 2–5/],
    ['with a text for a value', 'thresholds.yaml', 'value: 3', 'value: "3"', /value: must be a number/],
    ['with an unknown unit', 'thresholds.yaml', 'unit: days', 'unit: weeks', /unit: must be one of days/],
    ['with a derived number without a reason', 'thresholds.yaml', /\n +why: .*/, '', /why: is missing/],
    ['with an official number without a source', 'thresholds.yaml', /basis: derived\n\s+source: .*/, 'basis: official', /source: is missing/],
    ['with dates that do not ascend', 'thresholds.yaml', '    2021-05-01:', '    2022-01-01: { value: 3, basis: derived, why: x }\n    2021-05-01:', /values\.2021-05-01: dates must ascend/],
    ['with an area that is none', 'thresholds.yaml', '  values:', '  areas: { 31: { 2021-05-01: { value: 3, basis: derived, why: x } } }\n  values:', /areas\.31: is not an area code/]
  ]
  test.each(mistakes)('%s', (_what, file, from, to, says) => {
    edit(file, from, to)
    expect(problem()).toMatch(says)
  })

  test('without one of its files', () => {
    rmSync(join(folder, 'thresholds.yaml'))
    expect(problem()).toBe(`${EXAMPLE}/thresholds.yaml: the file is missing`)
  })

  const contradictions: typeof mistakes = [
    ['whose sentence names an unknown threshold', 'definition.md', '{limit.nursing_only_days}', '{limit.nursing_days}', /names the threshold nursing_days/],
    ['whose sentence has a place that cannot be read', 'definition.md', '{days}', '{days:weeks}', /has the place \{days:weeks\}/],
    ['whose sentence names a value without a label', 'definition.md', /\n {2}days: .*/, '', /definition\.md: values\.days: is missing: flagged\.zh names it/],
    ['whose words speak of a value without a label', 'definition.md', '\nvalues:', '\nwords: { other: { a: { zh: 甲, en: a } } }\nvalues:', /words\.other: speaks of a value/],
    ['whose number begins after the rule', 'thresholds.yaml', '2021-05-01:', '2021-05-02:', /nursing_only_days: has no value in force on 2021-05-01/],
    ['whose subject is not evaluate.ts\'s', 'definition.md', 'subject: person', 'subject: claim', /subject: is claim, but evaluate\.ts declares person/],
    ['whose evaluate.ts does not parse', 'evaluate.ts', 'export default', 'export defualt', /evaluate\.ts: cannot be imported/],
    ['whose evaluate.ts declares nothing', 'evaluate.ts', /[\s\S]*/, 'export const x = 1\n', /evaluate\.ts: default: must be personRule/]
  ]
  test.each(contradictions)('%s', async (_what, file, from, to, says) => {
    edit('evaluate.ts', /\.\.\/\.\.\/\.\.\/engine/g, fileURLToPath(new URL('engine', PACKAGE_ROOT)))
    edit(file, from, to)
    // A module is imported once a path, so every mistake gets a root of its own.
    const own = mkdtempSync(join(scratch, 'root-'))
    cpSync(join(scratch, 'rules'), join(own, 'rules'), { recursive: true })
    await expect(loadRulebook(own)).rejects.toThrow(says)
  })
})

test('a scaffolded folder is refused until it is filled in', () => {
  for (const [name, text] of scaffold(EXAMPLE, new Date())) writeFileSync(join(folder, name), text)
  expect(() => readRuleFolder(pathToFileURL(`${folder}/`), EXAMPLE)).toThrow(/is missing|is empty/)
})
