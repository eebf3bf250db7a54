/** Numbers of a flag as people read them. */
import { describe, expect, it } from 'vitest'
import type { FlagRow } from '../core/flag.ts'
import type { ParameterValue, ValueForm, ValueLabel } from '../core/rulebook.ts'
import { parseMoment } from '../core/time.ts'
import { explainThresholds, explainValues } from './explained.ts'

const at = parseMoment('2026-03-02 10:15:00')!.at
const stated: ParameterValue = { value: 7, basis: 'local', from: 0, source: '某市文件', link: '', why: '' }
const judged = (thresholds: FlagRow['thresholds']) => ({ thresholds, service_time: at, area: '341702' })
const parameter = (unit: string, basis: ParameterValue | null = stated) => ({ parameters: new Map([['n', { says: { zh: '含义', en: 'meaning' }, unit, basisOn: () => basis }]]) })
const label = (form: ValueForm, words: ValueLabel['words'] = new Map()) => ({ value_labels: new Map([['n', { zh: '名', en: 'name', form, words }]]) })

describe('thresholds', () => {
  it.each([
    ['days', 7, '7 天', '7 days'], ['days', 1, '1 天', '1 day'], ['stays', 1, '1 次住院', '1 stay'], ['km/h', 1, '1 公里/小时', '1 km/h'], ['fen', 500_000, '5,000.00 元', '5,000.00 yuan'], ['percent', 30, '30 %', '30 %'], ['flag', 1, '是', 'yes'], ['flag', 0, '否', 'no'],
    ['parsecs', 2, '2', '2 parsecs']
  ])('in %s: %d is %s', (unit, value, zh, en) => {
    expect(explainThresholds(judged({ n: value }), parameter(unit))).toMatchObject([{ name: 'n', value, unit, says: { zh: '含义' }, shown: { zh, en } }])
  })

  it('have their source only while the rulebook still states this number', () => {
    expect(explainThresholds(judged({ n: 7 }), parameter('days'))).toMatchObject([{ basis: 'local', source: '某市文件' }])
    expect(explainThresholds(judged({ n: 8 }), parameter('days'))).toMatchObject([{ says: { zh: '含义' }, basis: '', source: '' }])
    expect(explainThresholds(judged({ n: 7 }), parameter('days', null))).toMatchObject([{ basis: '', source: '' }])
    expect(explainThresholds(judged({ old: 7 }), undefined)).toMatchObject([{ says: { zh: 'old', en: 'old' }, shown: { zh: '7' }, unit: '', basis: '' }])
  })
})

describe('values', () => {
  const words = new Map([['0', { zh: '尚无', en: 'not known' }], ['a', { zh: '甲', en: 'A' }], ['b', { zh: '乙', en: 'B' }]])

  it.each([
    ['plain' as const, at, String(at)], ['date' as const, at, '2026-03-02'], ['time' as const, at, '2026-03-02 10:15:00'],
    ['date' as const, '2026-03', '2026-03']
  ])('read as %s', (form, value, shown) => {
    expect(explainValues({ values: { n: value } }, label(form))).toEqual([{ name: 'n', value, label: { zh: '名', en: 'name' }, shown: { zh: shown, en: shown } }])
  })

  it('of money have its unit in each language, and stand as they are where they are words', () => {
    expect(explainValues({ values: { n: 123_405 } }, label('yuan'))).toMatchObject([{ shown: { zh: '1,234.05 元', en: '1,234.05 yuan' } }])
    expect(explainValues({ values: { n: '—' } }, label('yuan'))).toMatchObject([{ shown: { zh: '—', en: '—' } }])
  })

  it.each([[0, '尚无', 'not known'], ['a,b', '甲、乙', 'A, B'], ['a,x', '甲、x', 'A, x'], [at, '2026-03-02', '2026-03-02'], ['x,y', 'x,y', 'x,y']])('%j in words', (value, zh, en) => {
    expect(explainValues({ values: { n: value } }, label('date', words))).toMatchObject([{ shown: { zh, en } }])
  })

  it('stand in the order of the definition, unknown ones last under their own names', () => {
    const rule = { value_labels: new Map([...label('plain').value_labels, ['a', { zh: '甲', en: 'A', form: 'plain' as const, words: new Map() }]]) }
    expect(explainValues({ values: { a: 1, b: 2, n: 3 } }, rule).map(each => each.label.zh)).toEqual(['名', '甲', 'b'])
    expect(explainValues({ values: { b: 2 } }, undefined)).toMatchObject([{ label: { zh: 'b', en: 'b' }, shown: { zh: '2' } }])
  })
})
