/** Waiting for room: only a full engine is worth another try. */
import { expect, it } from 'vitest'
import { EngineError } from './errors.ts'
import type { ErrorCode } from './errors.ts'
import { whenThereIsRoom } from './room.ts'

/** Work that fails so many times with a code, then answers which try it was. */
function failing (times: number, code: ErrorCode): () => Promise<number> {
  let tries = 0
  return async () => {
    if (++tries <= times) throw new EngineError(code, `try ${tries}`)
    return tries
  }
}

it('tries the same again until there is room', async () => {
  expect(await whenThereIsRoom(failing(0, 'OVERLOADED'), 1)).toBe(1)
  expect(await whenThereIsRoom(failing(3, 'OVERLOADED'), 1)).toBe(4)
})

it('pauses between tries', async () => {
  const started = performance.now()
  await whenThereIsRoom(failing(3, 'OVERLOADED'), 20)
  expect(performance.now() - started).toBeGreaterThan(55)
})

it('hands on every other error at once', async () => {
  await expect(whenThereIsRoom(failing(1, 'ENGINE_UNREACHABLE'), 1)).rejects.toThrow('try 1')
  await expect(whenThereIsRoom(async () => { throw new RangeError('ours') }, 1)).rejects.toThrow(RangeError)
})
