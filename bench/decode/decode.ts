/** How long does one record take from bytes to a valid claim, as JSON and as MessagePack? */
import { Packr } from 'msgpackr'
import type { Format } from '../../engine/core/ports.ts'
import { decodeRecord } from '../../engine/decode/decode-record.ts'
import { hashOf } from '../bench.ts'
import type { Bench, Figure } from '../bench.ts'
import { generate } from '../workload/generate.ts'

export const decodeBench: Bench = async ({ smoke, seed, rounds }) => {
  const { records } = generate({ seed, claims: smoke ? 200 : 10_000 })
  const packr = new Packr({ useRecords: false })
  const json: Uint8Array[] = []
  const packed: Uint8Array[] = []
  for (const record of records) {
    json.push(new TextEncoder().encode(JSON.stringify(record)))
    packed.push(new Uint8Array(packr.pack(record)))
  }
  const figures: Figure[] = []
  const hashes = new Set<string>()
  for (const [name, all, format] of [['JSON', json, 'json'], ['MessagePack', packed, 'msgpack']] as const) {
    const samples: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const started = performance.now()
      const kinds = decodeAll(all, format)
      const took = performance.now() - started
      if (round > 0) samples.push(took * 1000 / all.length) // the first round warms up
      hashes.add(kinds)
    }
    const bytes = all.reduce((sum, one) => sum + one.length, 0) / all.length
    figures.push({ name: `decode ${name}`, unit: 'µs/record', samples, note: `${Math.round(bytes)} bytes a record` })
  }
  if (hashes.size !== 1) throw new Error('JSON and MessagePack decode differently')
  return { bench: 'decode', figures, hash: hashOf(hashes) }
}

/** Decodes everything; what came of it, counted, so that no decoder can win by doing less. */
function decodeAll (all: readonly Uint8Array[], format: Format): string {
  const counts = new Map<string, number>()
  let lines = 0
  for (const bytes of all) {
    const decoded = decodeRecord(bytes, 0, bytes.length, format)
    const kind = decoded.ok ? decoded.claim.kind : `rejected:${decoded.rejection.reason}`
    if (decoded.ok && decoded.claim.kind === 'settlement') lines += decoded.claim.feedetail.length
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return JSON.stringify([[...counts].sort(), lines])
}
