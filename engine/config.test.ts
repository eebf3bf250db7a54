/** Settings: defaults, overrides, and every way to be wrong with the message that helps. */
import { describe, expect, it } from 'vitest'
import { SETTINGS, isLoopback, loadConfig } from './config.ts'
import { EngineError } from './core/errors.ts'

const failure = (env: Record<string, string>): string => {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof EngineError) return `${error.code} ${error.message}`
    throw error
  }
  return 'accepted'
}

it('takes defaults, then the environment, then the command line', () => {
  expect(loadConfig({}).port).toBe(8420)
  expect(loadConfig({ FUNDWATCH_PORT: '9000' }).port).toBe(9000)
  expect(loadConfig({ FUNDWATCH_PORT: '9000' }, { port: '9001' }).port).toBe(9001)
})

it('ignores variables of others', () => {
  expect(loadConfig({ PATH: '/bin', FUND_PORT: '1' }).port).toBe(8420)
})

describe('refuses', () => {
  it.each([
    [{ FUNDWATCH_PROT: '1' }, 'Did you mean FUNDWATCH_PORT?'],
    [{ FUNDWATCH_PORT: '99999' }, 'FUNDWATCH_PORT=99999: not a valid value'],
    [{ FUNDWATCH_LANES: '0' }, 'FUNDWATCH_LANES=0'],
    [{ FUNDWATCH_LANES: '2.5' }, 'FUNDWATCH_LANES=2.5'],
    [{ FUNDWATCH_LOG: 'loud' }, 'FUNDWATCH_LOG=loud'],
    [{ FUNDWATCH_STORE_URL: 'localhost:8123' }, 'FUNDWATCH_STORE_URL=localhost:8123: not a valid value'],
    [{ FUNDWATCH_STORE_URL: 'not a url' }, 'FUNDWATCH_STORE_URL=not a url'],
    [{ FUNDWATCH_HOST: '0.0.0.0' }, 'set FUNDWATCH_TOKEN']
  ])('%o', (env, message) => {
    expect(failure(env)).toContain('CONFIG_INVALID')
    expect(failure(env)).toContain(message)
  })
})

it('opens to the outside with a token only', () => {
  expect(failure({ FUNDWATCH_HOST: '0.0.0.0', FUNDWATCH_TOKEN: 'sixteen letters!' })).toBe('accepted')
})

it('refuses a token that can be guessed, without repeating it', () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const said = failure({ FUNDWATCH_HOST: host, FUNDWATCH_TOKEN: 'fifteen letters' })
    expect(said).toContain('CONFIG_INVALID FUNDWATCH_TOKEN has 15 characters: it needs 16 or more')
    expect(said).not.toContain('fifteen')
  }
})

it('knows loopback addresses', () => {
  expect(['127.0.0.1', '127.8.8.8', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true])
  expect(['0.0.0.0', '10.0.0.1', '::', '127.evil.example'].map(isLoopback)).toEqual([false, false, false, false])
})

it('documents every setting', () => {
  for (const [name, { env, says }] of Object.entries(SETTINGS)) {
    expect(env, name).toMatch(/^FUNDWATCH_[A-Z_]+$/)
    expect(says.length, name).toBeGreaterThan(10)
  }
})

it('takes the address of a store without user and password, and never repeats one that has them', () => {
  expect(loadConfig({ FUNDWATCH_STORE_URL: 'https://store.example:8443' }).storeUrl).toBe('https://store.example:8443')
  const said = failure({ FUNDWATCH_STORE_URL: 'http://me:geheim@store.example:8123' })
  expect(said).toContain('CONFIG_INVALID FUNDWATCH_STORE_URL')
  expect(said).not.toContain('geheim')
})
