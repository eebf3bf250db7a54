/** The marker never passes a batch whose effects may be missing. */
import { expect, it, vi } from 'vitest'
import type { GroupCommit } from './group-commit.ts'
import { ExchangeMarker } from './exchange-marker.ts'

it('stands before everything that is not over, and is written only when something happened', async () => {
  vi.useFakeTimers({ now: 1000 })
  const written: number[] = []
  const marker = new ExchangeMarker({ add: async ({ exchanged }: { exchanged: number }) => { written.push(exchanged) } } as unknown as GroupCommit)
  const [one, two] = [{}, {}]
  await marker.write()
  expect(marker.begin(one)).toBe(1000)
  vi.setSystemTime(2000)
  expect(marker.begin(two)).toBe(2000)
  expect(marker.begin(one)).toBe(1000) // handed over again
  vi.setSystemTime(3000)
  await marker.write()
  marker.end(one)
  await marker.write()
  marker.end(two)
  await marker.write()
  await marker.write()
  vi.useRealTimers()
  expect(written).toEqual([1000, 2000, 3000])
})
