/** What must hold of memory and of the rows written, whatever happened on the way; in words, where it does not. */
import { compareVersions } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import type { LaneStats } from '../evaluate/lane-state.ts'
import { personsOf } from './sent.ts'
import type { Sent } from './virtual-lane.ts'

/** Every person of whom a claim was taken in is remembered once, and nobody else; nothing is old enough to be forgotten. */
export function memoryFaults (stats: readonly LaneStats[], claims: readonly Sent[]): string[] {
  const sum = (of: (one: LaneStats) => number): number => stats.reduce((total, one) => total + of(one), 0)
  const persons = personsOf(claims).size
  return [
    ...sum(one => one.persons) === persons ? [] : [`memory has ${sum(one => one.persons)} persons instead of ${persons}`],
    ...sum(one => one.records) <= claims.length ? [] : [`memory has ${sum(one => one.records)} records of ${claims.length} claims`],
    ...sum(one => one.evicted + one.expired) === 0 ? [] : ['memory forgot what is not old']
  ]
}

/**
 * Rows of one flag and one revision that stand are one row; a retraction keeps the last words of what it retracts, which tell of
 * the way there. A person of whom two versions of one settlement were sent in one second is left out: revisions count seconds, so
 * that a fold may say of the later one what was said of the earlier, at its revision; the row written last stands.
 */
export function rowFaults (written: readonly FlagRow[], sent: readonly Sent[]): string[] {
  const faults: string[] = []
  const rows = new Map<string, string>()
  const tied = ofOneSecond(sent)
  for (const row of written) {
    if (row.status === 'retracted' || tied.has(row.subject)) continue
    const key = `${row.flag_id} ${row.revision}`
    const words = JSON.stringify(row)
    const before = rows.get(key)
    if (before !== undefined && before !== words) faults.push(`two rows of ${row.rule_id} ${key}: ${before} and ${words}`)
    rows.set(key, words)
  }
  return faults
}

function ofOneSecond (sent: readonly Sent[]): Set<string> {
  const seen = new Map<string, Sent>()
  const tied = new Set<string>()
  for (const one of sent) {
    if (one.held === null) continue
    const key = `${one.held.key} ${one.held.version.inf_time}`
    const other = seen.get(key)
    if (other !== undefined && compareVersions(other.held!.version, one.held.version) !== 0) tied.add(one.psn_no).add(other.psn_no)
    seen.set(key, one)
  }
  return tied
}
