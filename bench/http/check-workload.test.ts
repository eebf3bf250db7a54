/** What the benchmark of checks asks: one right answer a question, whatever streams beside it. */
import { expect, it } from 'vitest'
import { checkWorkload } from './check-workload.ts'

const options = { seed: 3, claims: 6000, persons: 40 }
const workload = checkWorkload(options)
const linesOf = (pieces: readonly Buffer[]): string[] => Buffer.concat([...pieces]).toString('utf8').trimEnd().split('\n')
const personOf = (body: string): string => (JSON.parse(body) as { setlinfo: { psn_no: string } }).setlinfo.psn_no

it('asks about persons whom history knows and of whom the stream says nothing', () => {
  const [history, stream] = [linesOf(workload.history), linesOf(workload.stream).join('\n')]
  expect(history.length).toBeGreaterThan(1000)
  const persons = workload.questions.map(({ body }) => personOf(body))
  expect(new Set(persons).size).toBe(options.persons)
  for (const person of persons) {
    expect(history.some(line => line.includes(`"${person}"`))).toBe(true)
    expect(stream.includes(`"${person}"`)).toBe(false)
  }
  expect(stream.split('\n').length).toBeGreaterThan(500)
})

it('asks every tenth time for a settlement that history has, else for one that nobody has', () => {
  const history = linesOf(workload.history)
  const all = [...history, ...linesOf(workload.stream)].join('\n')
  workload.questions.forEach(({ body, status, identity }, index) => {
    expect(status).toBe(index % 10 === 0 ? 'duplicate' : 'judged')
    if (status === 'duplicate') expect(history).toContain(body)
    else expect(all).not.toContain(`"${identity.split('/')[1]}"`)
  })
})

it('is the same for the same seed, and says when the city is too small', () => {
  const again = checkWorkload(options)
  expect(again.questions).toEqual(workload.questions)
  for (const part of ['history', 'stream'] as const) {
    expect(Buffer.concat([...again[part]]).equals(Buffer.concat([...workload[part]]))).toBe(true)
  }
  expect(() => checkWorkload({ ...options, persons: 100_000 })).toThrow(/can be asked about, not 100000/)
})
