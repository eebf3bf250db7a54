/**
 * The demonstration's city day: one Monday of some 8,000 settlements, led in by the history of its planted scenarios so
 * that first flags come early.
 */
import { generate } from './generate.ts'
import type { Confuser, Label, Raw, WorkloadOptions } from './types.ts'

export const DEMO_DAY: WorkloadOptions = { seed: 20260302, claims: 8000, days: 1, start: '2026-03-02', city: { scale: 4 } }

export interface DemoDay { readonly records: readonly Raw[], readonly labels: readonly Label[], readonly confusers: readonly Confuser[] }

/** Everything at once: it is small. */
export function demoDay (seed = DEMO_DAY.seed): DemoDay {
  const workload = generate({ ...DEMO_DAY, seed })
  const records = [...workload.records]
  return { records, labels: workload.labels, confusers: workload.confusers }
}
