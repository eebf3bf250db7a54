/** The kill drill, small: a process killed at random moments ends with the flags of one that was left alone. */
import { expect, it } from 'vitest'
import { killDrill } from './kill.ts'

it('loses no flag, and gains none, by being killed three times', async () => {
  const report = await killDrill({ times: 3, seed: 1, claims: 800 }, () => {})
  expect(report.differences).toEqual([])
  expect(report.flags).toBeGreaterThan(30)
  expect(report.kills).toBeGreaterThan(0)
}, 120_000)
