/** The workload as a whole: reproducible, decodable, in time, and its labels those of an independent judge. */
import { createHash } from 'node:crypto'
import { Packr } from 'msgpackr'
import { beforeAll, describe, expect, test } from 'vitest'
import { taskOf } from '../../engine/core/fingerprint.ts'
import { DAY } from '../../engine/core/time.ts'
import { decodeRecord } from '../../engine/decode/decode-record.ts'
import { eventTime, personOf } from '../../engine/sim/oracle/claims.ts'
import { oracle } from '../../engine/sim/oracle/oracle.ts'
import { generate } from './generate.ts'
import type { Workload } from './generate.ts'
import { labelId } from './label.ts'
import { SCENARIOS } from './plants/index.ts'
import type { Confuser, Label, Raw, WorkloadOptions } from './types.ts'
import { encodeRecords } from './write.ts'

const TASKS = 64
const LATENESS = 31 * DAY

function hashOf (options: WorkloadOptions): string {
  const hash = createHash('sha256')
  for (const chunk of encodeRecords(generate(options).records, 'ndjson')) hash.update(chunk)
  return hash.digest('hex')
}

test('the same seed gives the same bytes, another seed others', () => {
  const first = hashOf({ seed: 5, claims: 1500 })
  expect(hashOf({ seed: 5, claims: 1500 })).toBe(first)
  expect(hashOf({ seed: 6, claims: 1500 })).not.toBe(first)
  expect(first).toBe(KNOWN)
})

describe('5,000 settlements', () => {
  let workload: Workload
  let records: Raw[]
  beforeAll(() => {
    workload = generate({ seed: 11, claims: 5000 })
    records = [...workload.records]
  })

  test('exactly as many distinct settlements as asked for', () => {
    const settlements = records.filter(record => ['2102', '2207', '2304'].includes(String(record.infno)))
    const ids = new Set(settlements.map(record => `${String(record.fixmedins_code)} ${String((record.setlinfo as Raw).setl_id)}`))
    expect(ids.size).toBe(5000)
    expect(workload.claims).toBe(5000)
    expect(settlements.length).toBeGreaterThan(ids.size) // retries and later versions
  })

  test('every record decodes, as JSON and as MessagePack, and nothing in it is unknown', () => {
    const packr = new Packr({ useRecords: false })
    const refused: unknown[] = []
    for (const record of records) {
      const json = Buffer.from(JSON.stringify(record))
      const packed = packr.pack(record)
      for (const decoded of [decodeRecord(json, 0, json.length, 'json'), decodeRecord(packed, 0, packed.length, 'msgpack')]) {
        if (!decoded.ok || decoded.unknownFields > 0) refused.push([record.infno ?? record.type, decoded])
      }
    }
    expect(refused).toEqual([])
  })

  test('nothing is later than lateness allows, even if one task saw everything', () => {
    let watermark = -Infinity
    let worst = 0
    for (const record of records) {
      const at = eventTime(record)
      if (at === null) continue
      worst = Math.max(worst, watermark - at)
      watermark = Math.max(watermark, at)
    }
    expect(worst).toBeLessThan(LATENESS)
    expect(worst).toBeGreaterThan(5 * DAY)
  })

  test('nothing happens after the span, or scenarios at its end would see time go on', () => {
    const end = Date.parse('2026-04-15T00:00:00+08:00')
    expect(records.filter(record => (eventTime(record) ?? 0) >= end)).toEqual([])
  })

  test('every scenario of every rule is planted', () => {
    const planted = new Set([...workload.labels, ...workload.confusers].map(each => each.scenario))
    expect(SCENARIOS.map(each => `${each.rule}/${each.name}`).filter(name => !planted.has(name))).toEqual([])
    expect(new Set(SCENARIOS.map(each => `${each.rule}/${each.name}`)).size).toBe(SCENARIOS.length)
    const rules = new Set(SCENARIOS.map(each => each.rule))
    expect(new Set(workload.labels.map(each => each.rule))).toEqual(rules)
    expect(new Set(workload.confusers.map(each => each.rule))).toEqual(rules)
  })

  test('labels are the flags of the naive model, with their severities', () => {
    expect(differences(records, workload.labels, workload.confusers)).toEqual([])
  })
})

test.each<WorkloadOptions>([
  { seed: 1, claims: 5000, start: '2025-12-10' },
  { seed: 2, claims: 5200, start: '2024-02-01', days: 30 },
  { seed: 3, claims: 900 },
  { seed: 4, claims: 6000, start: '2026-03-02', days: 1 },
  { seed: 5, claims: 5000, start: '2024-12-31', days: 120 }
])('labels hold for %o', options => {
  const workload = generate(options)
  const records = [...workload.records]
  expect(differences(records, workload.labels, workload.confusers)).toEqual([])
})

test('without plants nobody is suspicious', () => {
  const workload = generate({ seed: 21, claims: 6000, plants: false })
  const records = [...workload.records]
  expect(workload.labels).toEqual([])
  expect(differences(records, [], [])).toEqual([])
})

test('options that make no sense are refused', () => {
  for (const options of [{ seed: 1.5, claims: 1 }, { seed: 1, claims: -1 }, { seed: 1, claims: 1, days: 0 }, { seed: 1, claims: 1, start: '2026-02-30' }, { seed: 1, claims: 1, start: '2021-05-01' }]) {
    expect(() => generate(options)).toThrow(RangeError)
  }
})

/** What label, confuser and model disagree about. Each person's watermark is that of the task that owns it, as in the engine. */
function differences (records: readonly Raw[], labels: readonly Label[], confusers: readonly Confuser[]): string[] {
  const marks = new Map<number, number>()
  for (const record of records) {
    const psn_no = personOf(record)
    const at = eventTime(record)
    if (psn_no === '' || at === null) continue
    const task = taskOf(psn_no, TASKS)
    marks.set(task, Math.max(marks.get(task) ?? -Infinity, at))
  }
  const standing = oracle(records, { watermark: psn_no => marks.get(taskOf(psn_no, TASKS))! })
  const wanted = new Map(labels.map(label => [labelId(label), label]))
  const said: string[] = []
  if (wanted.size !== labels.length) said.push(`${labels.length - wanted.size} labels twice`)
  for (const [id, label] of wanted) {
    const found = standing.get(id)
    if (found === undefined) said.push(`${label.scenario}: no ${label.rule}`)
    else if (found.severity !== label.severity) said.push(`${label.scenario}: ${label.rule} of ${found.severity}, not ${label.severity}`)
  }
  for (const [id, found] of standing) if (!wanted.has(id)) said.push(`unlabelled: ${JSON.stringify(found)}`)
  const guilty = new Set(labels.map(label => `${label.rule} ${label.psn_no}`))
  for (const confuser of confusers) if (guilty.has(`${confuser.rule} ${confuser.psn_no}`)) said.push(`${confuser.scenario}: both confuser and labelled`)
  return said
}

const KNOWN = '2d97d8d9a86c25bbaead89c97a53da8e24a95e3b88c93483fbc31a5fbd35ce75'
