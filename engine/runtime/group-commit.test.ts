/** Group commit: nothing is acknowledged before it is durable, retries repeat the identical batch, order is kept. */
import { expect, it } from 'vitest'
import { EngineError } from '../core/errors.ts'
import type { DeadLetter, StoreBatch, StoreWriter } from '../core/ports.ts'
import { GroupCommit } from './group-commit.ts'

const letter = (offset: number): DeadLetter => ({
  reason: 'not_json', field: '', seen: '', origin: { source: 'test', partition: 0, offset }, format: 'json', bytes: new Uint8Array(0), fixmedins_code: '', inf_time: 0
})
const contribution = (offset: number) => ({ flags: [], deadLetters: [letter(offset)], chunks: [] })
const offsets = (batch: StoreBatch): number[] => batch.deadLetters.map(l => l.origin.offset)

function writer (behave: (attempt: number) => Promise<void>): { port: StoreWriter, batches: StoreBatch[] } {
  const batches: StoreBatch[] = []
  return { batches, port: { write: async batch => { batches.push(batch); await behave(batches.length) }, close: async () => {} } }
}

const quiet = { written: () => {}, retry: () => {} }

it('writes at once when idle and gathers while writing', async () => {
  let release = (): void => {}
  const { port, batches } = writer(async attempt => { if (attempt === 1) await new Promise<void>(resolve => { release = resolve }) })
  const commit = new GroupCommit(port, quiet)
  const all = [1, 2, 3].map(async n => { await commit.add(contribution(n)) })
  expect(batches.map(offsets)).toEqual([[1]])
  release()
  await Promise.all(all)
  expect(batches.map(offsets)).toEqual([[1], [2, 3]])
})

it('acknowledges only what is durable and retries the identical batch', async () => {
  const { port, batches } = writer(async attempt => {
    if (attempt < 3) throw new EngineError('STORE_UNREACHABLE', 'down')
  })
  const delays: number[] = []
  const commit = new GroupCommit(port, { written: () => {}, retry: (_error, delay) => { delays.push(delay) } })
  let acknowledged = false
  const adding = commit.add(contribution(1)).then(() => { acknowledged = true })
  await Promise.resolve()
  expect(acknowledged).toBe(false)
  await adding
  expect(batches).toHaveLength(3)
  expect(batches[1]).toBe(batches[0])
  expect(batches[2]).toBe(batches[0])
  expect(delays).toEqual([100, 200])
})

it('settles only after everything added before', async () => {
  const { port, batches } = writer(async () => { await new Promise(resolve => setTimeout(resolve, 5)) })
  const commit = new GroupCommit(port, quiet)
  for (let n = 0; n < 5; n++) void commit.add(contribution(n))
  await commit.settled()
  expect(batches.flatMap(offsets)).toEqual([0, 1, 2, 3, 4])
})

it('writes nothing for a contribution without rows', async () => {
  const { port, batches } = writer(async () => {})
  await new GroupCommit(port, quiet).add({ flags: [], deadLetters: [], chunks: [] })
  expect(batches).toEqual([])
})
