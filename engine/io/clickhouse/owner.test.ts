/** A held store: the second process is told who holds it and where that one listens, and chDB is not asked. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heldByAnother, lockedError, refuseIfHeld } from './owner.ts'

let data: string
let dir: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'fundwatch-owner-'))
  dir = join(data, 'store')
  mkdirSync(dir)
})
afterEach(() => { rmSync(data, { recursive: true, force: true }) })

const status = (pid: number): void => { writeFileSync(join(dir, 'status'), `PID: ${pid}\nStarted at: 2026-11-23 04:44:27\nRevision: 54513\n`) }
const engine = (pid: number): void => { writeFileSync(join(data, 'engine.json'), JSON.stringify({ url: 'http://127.0.0.1:8420', pid })) }

describe('the message', () => {
  it('names process and address of an engine, and how to go on', () => {
    status(4242)
    engine(4242)
    const { code, message } = lockedError(dir)
    expect(code).toBe('STORE_LOCKED')
    expect(message).toContain(`${dir} is held by process 4242, the engine at http://127.0.0.1:8420`)
    expect(message).toContain('kill 4242')
    expect(message).toContain('FUNDWATCH_DATA_DIR')
  })

  it('does not name the address that a process of before wrote down', () => {
    status(4242)
    engine(7)
    expect(lockedError(dir).message).toMatch(/process 4242, which has no address/)
  })

  it('does without what is not known', () => {
    expect(lockedError(dir).message).toMatch(/is held by another process, which has no address/)
  })
})

it('takes a directory that nobody holds, or this process, or a killed one', () => {
  expect(heldByAnother(dir)).toBe(false)
  status(process.pid)
  expect(heldByAnother(dir)).toBe(false)
  status(2 ** 30) // above any pid
  expect(heldByAnother(dir)).toBe(false)
  refuseIfHeld(dir)
})

describe.runIf(existsSync('/proc/locks') && existsSync('/usr/bin/flock'))('a lock of another process', () => {
  let holder: ChildProcess
  afterEach(() => { holder.kill() })

  it('is seen before chDB is asked', async () => {
    status(1)
    holder = spawn('flock', ['--no-fork', join(dir, 'status'), 'sleep', '20'])
    for (let i = 0; i < 100 && !heldBy(holder.pid!); i++) await new Promise(resolve => setTimeout(resolve, 20))
    expect(() => { refuseIfHeld(dir) }).toThrow(`held by process ${holder.pid}`)
    expect(heldByAnother(dir)).toBe(true)
  })

  function heldBy (pid: number): boolean {
    status(pid)
    try {
      refuseIfHeld(dir)
      return false
    } catch {
      return true
    }
  }
})
