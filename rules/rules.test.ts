/** Laws over the whole rulebook, and every folder's cases. What a new rule must have is written in ADDING.md; here it is checked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Value } from '../engine/core/flag.ts'
import type { LoadedRule } from '../engine/core/rulebook.ts'
import { HEADINGS } from '../engine/core/rulebook/definition.ts'
import { PACKAGE_ROOT, RULE_FILES, readRuleFolders } from '../engine/core/rulebook/folders.ts'
import { loadRulebook } from '../engine/core/rulebook/load.ts'
import { DAY } from '../engine/core/time.ts'
import { rulesIndex } from '../engine/core/rulebook/index-page.ts'
import { buildCase } from '../engine/sim/cases/build.ts'
import { compareFlags, outcomeOf, severitiesOf } from '../engine/sim/cases/check.ts'
import { boundaryOf, mayBeUnreachable, moveThreshold, requiredCovers } from '../engine/sim/cases/covers.ts'
import { judge } from '../engine/sim/cases/judge.ts'
import { namesOf, oracleOf } from '../engine/sim/cases/oracle.ts'
import { otherOrders } from '../engine/sim/cases/orders.ts'
import { parseCases } from '../engine/sim/cases/parse.ts'

const folders = readRuleFolders()
const book = await loadRulebook()
/** How long a person's check of a number counts. */
const VERIFIED_FOR = 366 * DAY

/** Names that other texts have other words for: 排除情形, 非现场结算, 现场结算. */
const OTHER_NAMES = /除外|远程结算|当面结算|本人结算/
/** A number and a plural after it, in an English sentence. */
const COUNTED = /\{(limit\.)?([a-z_]+)([+-]\d+)?\} (?:days|hours|minutes|stays|visits)\b/g

/** Milliseconds of this century; no count or amount of a case comes near them. A moment that is not known is 0, and has a word. */
const isMoment = (value: Value): boolean => typeof value === 'number' && value > Date.UTC(2000)
const isWorded = ({ value_labels }: LoadedRule, name: string, value: Value): boolean => value_labels.get(name)?.words.has(String(value)) === true
const isReadAsMoment = ({ value_labels }: LoadedRule, name: string): boolean => ['date', 'time'].includes(value_labels.get(name)?.form ?? '')

test('rules/README.md is what npm run rules:index writes', () => {
  expect(readFileSync(new URL('rules/README.md', PACKAGE_ROOT), 'utf8')).toBe(rulesIndex(folders))
})

test('titles are each used once', () => {
  for (const language of ['zh', 'en'] as const) {
    const titles = book.rules.map(({ title }) => title[language])
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([])
  }
})

describe.each(folders.map((folder, i) => ({ id: folder.id, folder, rule: book.rules[i]! })))('$id', ({ id, folder, rule }) => {
  const { definition, thresholds } = folder
  const read = (name: string): string => readFileSync(new URL(name, folder.directory), 'utf8')
  const source = read('evaluate.ts')
  const body = read('definition.md').replace(/^---[\s\S]*?\n---\n/, '')
  const cases = existsSync(new URL('cases.md', folder.directory)) ? parseCases(read('cases.md')) : []

  test('has its four files and nothing else', () => {
    expect(readdirSync(folder.directory).sort()).toEqual([...RULE_FILES])
  })

  test('its definition asks a question, names its clauses and was verified within a year', () => {
    expect(body.trimStart()).toMatch(/^# .*[？?]/)
    expect([...definition.sections.keys()]).toEqual([...HEADINGS])
    expect(definition.sections.get('比对内容 What is compared')).toMatch(/\(a\)/)
    for (const clause of source.matchAll(/\/\/ .*?\(([a-z])\)/g)) {
      expect(definition.sections.get('比对内容 What is compared'), `clause (${clause[1]}) of evaluate.ts`).toContain(`(${clause[1]})`)
    }
    expect(Date.now() - definition.last_verified).toBeLessThan(VERIFIED_FOR)
    expect(body).not.toMatch(/TODO|待补/)
  })

  test('its texts call one thing by one name, and its English counts one day and two days', () => {
    const { flagged, cleared, exclusions, facts, to_check, values } = definition
    const shown = [flagged, cleared, ...to_check, ...[exclusions, facts, values].flatMap(texts => [...texts.values()])]
    expect(shown.map(({ zh }) => zh).filter(zh => OTHER_NAMES.test(zh))).toEqual([])
    expect(body.match(OTHER_NAMES)).toBeNull()
    const plurals = [flagged.en, cleared.en].flatMap(en => [...en.matchAll(COUNTED)])
    const mayBeOne = plurals.filter(([, limit, name, shift]) => {
      const least = limit === undefined ? undefined : thresholds.find(each => each.name === name)?.range[0]
      return least === undefined || least + Number(shift ?? 0) < 2
    })
    expect(mayBeOne.map(([place]) => place), 'write {name} {name:day|days}').toEqual([])
  })

  test('every exclusion stands among the innocent causes', () => {
    for (const exclusion of definition.exclusions.keys()) expect(definition.innocent_causes).toContain(exclusion)
  })

  test('its numbers are used, verified within a year, and have a value when the rule comes into force', () => {
    for (const threshold of thresholds) {
      expect(source, `${threshold.name} is used by evaluate.ts`).toMatch(new RegExp(`limits\\.${threshold.name}\\b|'${threshold.name}'`))
      expect(Date.now() - threshold.verified_on, threshold.name).toBeLessThan(VERIFIED_FOR)
    }
    expect(rule.law.on(definition.in_force.from, '000000')).not.toBeNull()
    expect(rule.law.on(definition.in_force.from - 1, '000000')).toBeNull()
  })

  test('evaluate.ts is short, pure and imports only engine/core', () => {
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(70)
    for (const [, from] of source.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^\.\.\/\.\.\/\.\.\/engine\/core\/[a-z-]+\.ts$/)
    expect(source).not.toMatch(/\basync\b|\bawait\b|\bDate\b|Math\.random|\bprocess\b|\bconsole\b|\bglobalThis\b|\bimport\(/)
  })

  test('its cases cover every number, date, innocent cause, repetition and reversal', () => {
    const covered = new Set(cases.flatMap(each => each.covers))
    const required = requiredCovers(folder)
    expect(required.filter(token => !covered.has(token)), 'not covered').toEqual([])
    expect([...covered].filter(token => !required.includes(token) && boundaryOf(token) === null), 'unknown tokens').toEqual([])
  })

  test('some case reaches its gravest severity', () => {
    const marks = cases.flatMap(each => each.rows).flatMap(row => (row.get('flag') ?? '').split(/\s+/))
    expect(marks).toContain({ 1: '高', 2: '中', 3: '低' }[rule.severity])
  })

  test('the naive oracle, where it knows the rule, says the same of every case', () => {
    const sent = cases.map(buildCase)
    const said = sent.map(sendings => oracleOf(rule, sendings))
    if (said.every(flags => flags.length === 0)) return // a rule younger than the oracle: its cases are its only witnesses
    expect(sent.map(sendings => namesOf(judge(rule, sendings)))).toEqual(said)
  })

  for (const given of cases) {
    test(given.title, () => {
      const sendings = buildCase(given)
      const flags = judge(rule, sendings)
      expect(compareFlags(sendings, flags, rule)).toEqual([])
      const unlabelled = flags.flatMap(flag => Object.keys(flag.values)).filter(name => !rule.value_labels.has(name))
      expect(unlabelled, 'values that definition.md does not name under `values`').toEqual([])
      expect(flags.flatMap(flag => Object.entries(flag.values)).filter(([name, value]) => !isWorded(rule, name, value) && isMoment(value) !== isReadAsMoment(rule, name)),
        'moments that are not read as such, or the other way round').toEqual([])
      const outcome = outcomeOf(flags)
      for (const order of otherOrders(sendings)) expect(outcomeOf(judge(rule, order)), 'another order of arrival').toBe(outcome)

      for (const token of given.covers) {
        const boundary = boundaryOf(token)
        if (boundary === null) continue
        const threshold = thresholds.find(each => each.name === boundary.name)
        if (threshold === undefined) throw new Error(`covers: ${id} has no threshold ${boundary.name}`)
        const moved = [threshold.step, -threshold.step].map(by => severitiesOf(judge(moveThreshold(rule, threshold, boundary.area, by), sendings)))
        const changes = moved.some(each => each !== severitiesOf(flags))
        expect(changes || mayBeUnreachable(token, threshold), `"${token}": moving ${threshold.name} by ${threshold.step} changes nothing`).toBe(true)
      }
    })
  }
})
