/** Shared subjects as the store has them: windows and flags, rule by rule. */
import type { EngineError } from '../core/errors.ts'
import { fingerprintHex } from '../core/fingerprint.ts'
import { groupBy } from '../core/group-by.ts'
import type { SharedReading, StoredRecords } from '../core/ports.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { SharedSubject, StoredSubject } from '../evaluate/shared-rules.ts'
import { sharedRulesOf } from '../evaluate/shared-rules.ts'
import { patiently } from './patience.ts'

/** How the subjects of each rule are read. */
export function sharedReadings (rulebook: Rulebook): ReadonlyMap<string, SharedReading> {
  return new Map(sharedRulesOf(rulebook).map(({ loaded, rule: { of, ofDay } }) => [loaded.id, { rule_id: loaded.id, of, ofDay }]))
}

/** Names the rules about shared subjects as they judge now: other rules show other subjects. */
export function sharedDigest (rulebook: Rulebook): string {
  return fingerprintHex(...sharedRulesOf(rulebook).map(({ loaded }) => loaded.digest ?? loaded.id))
}

/**
 * @param subjects distinct; those of a rule that is no longer there are left alone. Call with everything that was told of them durable.
 */
export async function storedSubjects (stored: StoredRecords, readings: ReadonlyMap<string, SharedReading>, subjects: readonly SharedSubject[],
  onRetry: (error: EngineError, delayMs: number) => void): Promise<StoredSubject[]> {
  const found: StoredSubject[] = []
  for (const [rule_id, own] of groupBy(subjects, one => one.rule_id)) {
    const reading = readings.get(rule_id)
    if (reading === undefined) continue
    const names = own.map(({ subject }) => subject)
    const shown = await patiently(async () => await stored.shared(reading, names), onRetry)
    const [settlements, days, movements] = [bySubject(shown.settlements), bySubject(shown.days), bySubject(shown.movements)]
    const flags = groupBy(shown.flags, ({ subject }) => subject)
    for (const subject of names) {
      const window = { subject, settlements: settlements(subject), days: days(subject), movements: movements(subject) }
      found.push({ rule_id, subject, window, flags: flags.get(subject) ?? [] })
    }
  }
  return found
}

/** Rows of a subject, which is the window's and not theirs. */
function bySubject<T extends { readonly subject: string }> (rows: readonly T[]): (subject: string) => Array<Omit<T, 'subject'>> {
  const groups = groupBy(rows, row => row.subject)
  return name => (groups.get(name) ?? []).map(({ subject: _, ...row }) => row)
}
