/** Files: the three formats hold the same records, the label file names flags, progress is told. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Unpackr } from 'msgpackr'
import { afterAll, expect, test } from 'vitest'
import { fingerprintHex } from '../../engine/core/fingerprint.ts'
import { demoDay } from './demo.ts'
import { SCENARIOS } from './plants/index.ts'
import type { Label } from './types.ts'
import { writeWorkload } from './write.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-workload-'))
afterAll(() => { rmSync(dir, { recursive: true, force: true }) })
const SIZE = { seed: 9, claims: 700 }

test('NDJSON, gzip and MessagePack hold the same records', async () => {
  const files = ['a.ndjson', 'a.ndjson.gz', 'a.msgpack'].map(name => join(dir, name))
  let told = 0
  const written = []
  for (const out of files) written.push(await writeWorkload({ ...SIZE, out, onProgress: settlements => { told = settlements } }))
  const [plain, zipped, packed] = files.map(file => readFileSync(file)) as [Buffer, Buffer, Buffer]
  expect(gunzipSync(zipped).equals(plain)).toBe(true)
  const records = plain.toString('utf8').trimEnd().split('\n').map(line => JSON.parse(line) as unknown)
  expect(new Unpackr({ useRecords: false }).unpackMultiple(packed)).toEqual(records)
  for (const one of written) {
    expect(one.records).toBe(records.length)
    expect(one.settlements).toBeGreaterThanOrEqual(700)
  }
  expect(written.map(one => one.format)).toEqual(['ndjson', 'ndjson.gz', 'msgpack'])
  expect(told).toBe(written[2]!.settlements)
})

test('labels stand beside the file, each with its flag_id', async () => {
  const written = await writeWorkload({ ...SIZE, out: join(dir, 'b.ndjson') })
  const labels = readFileSync(written.labelFile, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line) as Label & { flag_id: string })
  expect(labels.length).toBe(written.labels)
  expect(labels.length).toBeGreaterThan(10)
  for (const label of labels) expect(label.flag_id).toBe(fingerprintHex(label.rule, label.shared?.kind ?? 'person', label.shared?.key ?? label.psn_no, ...label.anchor))
})

test('the demonstration is small and shows every rule', () => {
  const { records, labels } = demoDay()
  expect(records.length).toBeLessThan(25_000)
  expect(new Set(labels.map(label => label.rule))).toEqual(new Set(SCENARIOS.map(each => each.rule)))
})
