/** thresholds.yaml: every number of a rule, with unit, range, the date it came into force, and where it comes from. */
import { parse } from 'yaml'
import type { Limits } from '../rule.ts'
import type { Bilingual, ParameterValue } from '../rulebook.ts'
import { formatDate, type Millis } from '../time.ts'
import { Fields, invalid } from './fields.ts'

const BASES = ['official', 'local', 'derived'] as const
/** Units a threshold may have; `fen` is money in 分, `flag` is 0 or 1. */
export const UNITS = ['days', 'hours', 'minutes', 'stays', 'visits', 'times', 'institutions', 'persons', 'lines', 'samples', 'units', 'percent',
  'characters', 'km', 'km/h', 'fen', 'years', 'flag'] as const

/** A number as the file states it: `source` is '' only for a derived one. */
export type ThresholdValue = ParameterValue

export interface Threshold {
  readonly name: string
  readonly says: Bilingual
  readonly unit: typeof UNITS[number]
  readonly range: readonly [number, number]
  /** Smallest change that can matter; the boundary cases are tested by it. */
  readonly step: number
  /** When a person last checked that the values still hold. */
  readonly verified_on: Millis
  /** Ascending by `from`. */
  readonly values: readonly ThresholdValue[]
  /** Six-digit area (city …00, province ..0000) → its own values, ascending. */
  readonly areas: ReadonlyMap<string, readonly ThresholdValue[]>
}

const AREA = /^\d{6}$/

/** Parses YAML text whose keys are all texts. Throws RULE_INVALID naming the file. */
export function parseYaml (file: string, text: string): unknown {
  try {
    return parse(text, { stringKeys: true })
  } catch (error) {
    throw invalid(file, '', error instanceof Error ? error.message : String(error))
  }
}

/** Reads thresholds.yaml. A rule without numbers has the empty mapping `{}`. Throws RULE_INVALID. */
export function readThresholds (file: string, text: string): Threshold[] {
  const all = new Fields(file, '', parseYaml(file, text))
  return all.ids().map(name => readThreshold(name, all.map(name)))
}

function readThreshold (name: string, fields: Fields): Threshold {
  const range = fields.list('range')
  const [low, high] = range
  if (range.length !== 2 || typeof low !== 'number' || typeof high !== 'number' || low > high) {
    fields.fail('range', 'must be [least, greatest]')
  }
  const areas = new Map<string, readonly ThresholdValue[]>()
  const local = fields.mapOr('areas')
  for (const area of local.names()) {
    if (!AREA.test(area)) local.fail(area, 'is not an area code of six digits')
    areas.set(area, readValues(local.map(area), low, high))
  }
  const threshold: Threshold = {
    name,
    says: fields.bilingual('says'),
    unit: fields.oneOf('unit', UNITS),
    range: [low, high],
    step: fields.has('step') ? fields.number('step') : 1,
    verified_on: fields.date('verified_on'),
    values: readValues(fields.map('values'), low, high),
    areas
  }
  fields.done()
  return threshold
}

function readValues (fields: Fields, low: number, high: number): ThresholdValue[] {
  const values: ThresholdValue[] = []
  for (const date of fields.names()) {
    const from = fields.dateIn(date, date)
    const before = values.at(-1)
    if (before !== undefined && before.from >= from) fields.fail(date, 'dates must ascend')
    const entry = fields.map(date)
    const value = entry.number('value')
    if (value < low || value > high) entry.fail('value', `${value} is outside the range ${low}–${high}`)
    const basis = entry.oneOf('basis', BASES)
    const derived = basis === 'derived'
    values.push({
      from,
      value,
      basis,
      source: derived && !entry.has('source') ? '' : entry.text('source'),
      link: entry.has('link') ? entry.text('link') : '',
      why: derived || entry.has('why') ? entry.text('why') : ''
    })
    entry.done()
  }
  if (values.length === 0) throw invalid(fields.file, fields.path, 'has no value')
  return values
}

/** The value of one threshold for an area at a moment: the area's own, its city's, its province's, else the default. */
export function valueAt (threshold: Threshold, area: string, at: Millis): ThresholdValue | null {
  for (const key of areaKeys(area)) {
    const found = threshold.areas.get(key)?.findLast(each => each.from <= at)
    if (found !== undefined) return found
  }
  return threshold.values.findLast(each => each.from <= at) ?? null
}

/** The keys under which an area is looked up, nearest first. */
export function areaKeys (area: string): string[] {
  return [...new Set([area, `${area.slice(0, 4)}00`, `${area.slice(0, 2)}0000`])]
}

/** All thresholds for an area at a moment, frozen. Throws RULE_INVALID for the first that has no value then. */
export function limitsAt (file: string, thresholds: readonly Threshold[], area: string, at: Millis): Limits {
  const limits: Record<string, number> = {}
  for (const threshold of thresholds) {
    const found = valueAt(threshold, area, at)
    if (found === null) throw invalid(file, threshold.name, `has no value in force on ${formatDate(at)}`)
    limits[threshold.name] = found.value
  }
  return Object.freeze(limits)
}
