/** The faces of accuracy, kill and bench as typed: help, and what is not taken refused without a stack. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACCURACY_FACE } from './accuracy.ts'
import { type Face, runFace } from './command-line.ts'
import { KILL_FACE } from './recovery/kill.ts'
import { BENCH_FACE } from './run.ts'

let stdout = ''
let stderr = ''
beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => { stdout += String(text); return true })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => { stderr += String(text); return true })
})
afterEach(() => { vi.restoreAllMocks() })

describe.each([ACCURACY_FACE, KILL_FACE, BENCH_FACE].map(face => [face.name, face] as const))('%s', (name, face) => {
  it.each([['--help'], ['-h']])('%s shows every option and ends well', async asked => {
    expect(await runFace(face, [asked])).toBe(0)
    expect(stdout).toContain(`Usage: npm run ${name} -- [options]`)
    for (const option of Object.keys(face.options)) expect(stdout).toContain(`--${option}`)
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(140)
    expect(stderr).toBe('')
  })

  it.each([
    [['--sede', '1'], 'there is no option --sede. Did you mean --seed?'],
    [['--seed'], 'argument missing'],
    [['--seed', 'x'], '--seed must be a whole number'],
    [['--seed', '1', '--seed', '2'], '--seed must be a whole number'],
    [['more'], 'more']
  ])('refuses %o in a line', async (argv, says) => {
    expect(await runFace(face, argv)).toBe(64)
    expect(stderr).toContain(`${name}: `)
    expect(stderr).toContain(says)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
  })
})

it('bench refuses a benchmark that there is not, also in a list', async () => {
  expect(await runFace(BENCH_FACE, ['--only', 'decode', '--only', 'constructor'])).toBe(64)
  expect(stderr).toContain('no benchmark constructor; there are decode, lane, replay, http')
})

it('a defect of ours keeps its stack, as nobody else can find it', async () => {
  const broken: Face = { name: 'broken', says: '', options: {}, run: async () => { throw new RangeError('deep') } }
  expect(await runFace(broken, [])).toBe(70)
  expect(stderr).toMatch(/broken: RangeError: deep\n +at /)
})
