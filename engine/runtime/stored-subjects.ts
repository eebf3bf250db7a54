/** Shared subjects as the store has them: windows and flags, rule by rule. */
import type { EngineError } from '../core/errors.ts'
import { groupBy } from '../core/group-by.ts'
import type { SharedRow, StoredRecords } from '../core/ports.ts'
import type { SharedSettlement } from '../core/shared.ts'
import type { SharedSubject, StoredSubject } from '../evaluate/shared-rules.ts'
import { patiently } from './patience.ts'

/** @param subjects distinct. Call with everything that was told of them durable. */
export async function storedSubjects (stored: StoredRecords, subjects: readonly SharedSubject[],
  onRetry: (error: EngineError, delayMs: number) => void): Promise<StoredSubject[]> {
  const found: StoredSubject[] = []
  for (const [rule_id, own] of groupBy(subjects, one => one.rule_id)) {
    const names = own.map(({ subject }) => subject)
    const { settlements, flags } = await patiently(async () => await stored.shared(rule_id, names), onRetry)
    const rows = groupBy(settlements, ({ subject }) => subject)
    const flagsOf = groupBy(flags, ({ subject }) => subject)
    for (const subject of names) {
      found.push({ rule_id, subject, window: { subject, settlements: (rows.get(subject) ?? []).map(unnamed) }, flags: flagsOf.get(subject) ?? [] })
    }
  }
  return found
}

/** The subject is the window's. */
function unnamed ({ subject: _, ...settlement }: SharedRow): SharedSettlement {
  return settlement
}
