/** Directories of settings: made with their parents, or refused at once with the setting's name. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EngineError } from '../../core/errors.ts'
import { makeDirectory } from './directory.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'fundwatch-directory-')) })
afterEach(() => { rmSync(dir, { recursive: true, force: true }) })

function refusal (path: string): string {
  try {
    makeDirectory(path, 'FUNDWATCH_DATA_DIR')
  } catch (error) {
    if (error instanceof EngineError) return `${error.code} ${error.message}`
    throw error
  }
  return 'made'
}

it('makes what is missing, leaves nothing in it, and takes what is there', () => {
  const path = join(dir, 'a', 'b', 'c')
  expect(refusal(path)).toBe('made')
  expect(readdirSync(path)).toEqual([])
  mkdirSync(join(path, 'store'))
  expect(refusal(path)).toBe('made')
  expect(existsSync(join(path, 'store'))).toBe(true)
})

it('refuses a file, and what lies below one', () => {
  writeFileSync(join(dir, 'file'), '')
  expect(refusal(join(dir, 'file'))).toBe(`CONFIG_INVALID FUNDWATCH_DATA_DIR: the directory ${join(dir, 'file')} cannot be used: a file of this name is in the way`)
  expect(refusal(join(dir, 'file', 'below'))).toMatch(/^CONFIG_INVALID FUNDWATCH_DATA_DIR: .*file/)
})

it.runIf(existsSync('/proc/self'))('refuses a place where nothing can be made, instead of trying for ever', () => {
  expect(refusal('/proc/x')).toMatch(/^CONFIG_INVALID .*\/proc\/x cannot be used/)
  expect(refusal('/proc/x/y')).toMatch(/^CONFIG_INVALID .*\/proc\/x\/y cannot be used/)
  expect(refusal('/proc')).toMatch(/^CONFIG_INVALID .*\/proc cannot be used/)
})
