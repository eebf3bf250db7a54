/** Work that a signal ends: what became durable is counted and said, and nothing is handed in any more. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Interrupted, exitCodeOf } from './command.ts'
import { Interruption } from './interruption.ts'
import { progress } from './progress.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-interruption-'))
afterAll(() => { rmSync(dir, { recursive: true, force: true }) })
const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM')

describe('an interruption', () => {
  it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('by %s ends the work, counts what still becomes durable, and refuses more', async (signal, code) => {
    const others = process.listeners(signal)
    const interruption = new Interruption()
    let answer = (_: string[]): void => {}
    const submit = interruption.counting(async (some: string[]) => some.length > 0 ? some : await new Promise<string[]>(resolve => { answer = resolve }))
    const work = interruption.during(async () => {
      await submit(['a', 'b'])
      await submit([])
    })
    await new Promise(resolve => setImmediate(resolve))
    const own = process.listeners(signal).filter(listener => !others.includes(listener))
    for (const listener of own) listener(signal)
    const error = await work.then(() => null, (caught: unknown) => caught)
    expect(error).toBeInstanceOf(Interrupted)
    expect(exitCodeOf(error)).toBe(code)
    answer(['c'])
    await new Promise(resolve => setImmediate(resolve))
    expect((error as Error).message).toContain('已有 3 条记录持久化')
    expect((error as Error).message).toContain('3 records are durable; sending the same file again is safe')
    await expect(submit(['d'])).rejects.toThrow(Interrupted)
    for (const each of ['SIGINT', 'SIGTERM'] as const) for (const listener of own) process.off(each, listener)
  })

  it('leaves no listener behind when the work ends by itself', async () => {
    const before = listeners()
    expect(await new Interruption().during(async () => 7)).toBe(7)
    await expect(new Interruption().during(async () => { throw new TypeError('broken') })).rejects.toThrow('broken')
    expect(listeners()).toBe(before)
  })
})

it('a replay that is interrupted says what is durable, and ends', async () => {
  const results = Array.from({ length: 1234 }, (_, i) => ({ index: i, status: 'judged', identity: `H1/S${i}`, flags: [] }))
  let requests = 0
  let second = (): void => {}
  const underWay = new Promise<void>(resolve => { second = resolve })
  const server = createServer((request, response) => {
    const number = ++requests // several are under way at once
    request.resume().on('end', () => {
      if (number === 1) response.setHeader('content-type', 'application/json').end(JSON.stringify({ results }))
      else second() // never answered: not known to be durable
    })
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const file = join(dir, 'day.ndjson')
  writeFileSync(file, `${JSON.stringify({ infno: '2207', filler: 'x'.repeat(1000) })}\n`.repeat(6000))
  const built = new URL('../../dist/engine/cli/fundwatch.js', import.meta.url).pathname
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const child = spawn(process.execPath, [built, 'replay', file, '--url', url], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => { said += bytes.toString() })
  const ended = new Promise<number | null>(resolve => { child.on('exit', code => { resolve(code) }) })
  await underWay
  await new Promise(resolve => setTimeout(resolve, 1000)) // time to read the first answer, on a busy machine too
  child.kill('SIGINT')
  child.kill('SIGINT') // as npm repeats it
  expect(await ended).toBe(130)
  expect(said).toMatch(/已中断 interrupted: 已有 1,234 条记录持久化[\s\S]*1,234 records are durable; sending the same file again is safe/)
  server.closeAllConnections()
  server.close()
}, 60_000)

it('a rate carries its unit', () => {
  let said = ''
  const stream = { isTTY: false, write: (text: string) => { said += text; return true } } as unknown as NodeJS.WriteStream
  const bar = progress('day.ndjson', 'MiB', false, stream)
  bar.update(3, 10)
  bar.end('all durable')
  expect(said).toMatch(/^day\.ndjson: 3 of 10 \(30 %\) MiB, [\d.,]+ MiB\/s, .* left · all durable\n$/)
})
