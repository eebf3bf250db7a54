/** Sentences: values, thresholds and spoken codes in their places. */
import { expect, test } from 'vitest'
import type { Values } from '../flag.ts'
import { parseMoment } from '../time.ts'
import { compileTemplate, type Template } from './template.ts'

const words = new Map([['differs', new Map([['gend', { zh: '性别', en: 'sex' }], ['brdy', { zh: '出生日期', en: 'date of birth' }]])]])
const at = parseMoment('2026-03-02 10:12:00')!.at
const values: Values = { days: 3, when: at, cost: 123405, one: 1, differs: 'gend,brdy', name: '甲' }

function fill (text: string, language: 'zh' | 'en' = 'zh'): string {
  return (compileTemplate(text, language, words) as Template).fill(values, { gap: 15, least: 0, cost: 500000 })
}

test.each([
  ['住院 {days} 天', '住院 3 天'],
  ['{when:date}|{when:time}', '2026-03-02|2026-03-02 10:12:00'],
  ['{cost:yuan} 元', '1234.05 元'],
  ['{limit.gap}/{limit.gap+1}/{limit.gap-1}', '15/16/14'],
  ['{limit.cost:yuan}', '5000.00'],
  ['{differs:words}', '性别、出生日期'],
  ['{days} {days:day|days}, {one} {one:day|days}', '3 days, 1 day'],
  ['{limit.gap:hour|hours}, {limit.least+1} {limit.least+1:hour|hours}, {limit.least:is|are}', 'hours, 1 hour, are'],
  ['{differs}{name}', 'gend,brdy甲'],
  ['没有位置', '没有位置']
])('%s', (text, expected) => {
  expect(fill(text)).toBe(expected)
})

test('the other language has its own words', () => {
  expect(fill('{differs:words}', 'en')).toBe('sex, date of birth')
})

test.each(['{}', '{days:weeks}', '{Days}', '{days+1}', '{limit.gap:words}', '{name:words}', '{a b}', '{days:day|}', '{days:a|b|c}'])('%s is no place', text => {
  expect(compileTemplate(`x ${text} y`, 'zh', words)).toBe(text)
})

test('a template tells how it reads its values', () => {
  const template = compileTemplate('{days:day|days}{when:date}{cost:yuan}{differs:words}{limit.cost:yuan}', 'zh', words) as Template
  expect(template.values).toEqual(['days', 'when', 'cost', 'differs'])
  expect([...template.forms]).toEqual([['when', 'date'], ['cost', 'yuan']])
})

test('a value that the finding lacks is a mistake of the rule', () => {
  expect(() => fill('{missing}')).toThrow('{missing}')
})
