/** Shared subjects as the store has them: windows and flags, rule by rule. */
import type { EngineError } from '../core/errors.ts'
import { fingerprintHex } from '../core/fingerprint.ts'
import { groupBy } from '../core/group-by.ts'
import type { SharedAsked, StoredRecords } from '../core/ports.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { SharedSubject, StoredSubject } from '../evaluate/shared-rules.ts'
import { sharedRulesOf } from '../evaluate/shared-rules.ts'
import { patiently } from './patience.ts'

/** What of each rule decides which part of its subjects is read. */
export type Readings = ReadonlyMap<string, Pick<SharedAsked, 'of' | 'ofDay'>>

export function sharedReadings (rulebook: Rulebook): Readings {
  return new Map(sharedRulesOf(rulebook).map(({ loaded, rule: { of, ofDay } }) => [loaded.id, { of, ofDay }]))
}

/** Names the rules about shared subjects as they judge now: other rules show other subjects. */
export function sharedDigest (rulebook: Rulebook): string {
  return fingerprintHex(...sharedRulesOf(rulebook).map(({ loaded }) => loaded.digest ?? loaded.id))
}

/**
 * @param subjects distinct; those of a rule that is no longer there are left alone. Call with everything that was told of them durable.
 */
export async function storedSubjects (stored: StoredRecords, readings: Readings, subjects: readonly SharedSubject[],
  onRetry: (error: EngineError, delayMs: number) => void): Promise<StoredSubject[]> {
  const asked = subjects.flatMap(({ rule_id, subject }) => {
    const reading = readings.get(rule_id)
    return reading === undefined ? [] : [{ rule_id, subject, ...reading }]
  })
  if (asked.length === 0) return []
  const found = await patiently(async () => await stored.shared(asked), onRetry)
  const settlements = groupBy(found.settlements, nameOf)
  const days = groupBy(found.days, nameOf)
  const movements = groupBy(found.movements, ({ subject }) => subject)
  const flags = groupBy(found.flags, nameOf)
  return asked.map(({ rule_id, subject, of }) => {
    const name = nameOf({ rule_id, subject })
    const window = {
      subject,
      settlements: (settlements.get(name) ?? []).map(unnamed),
      days: (days.get(name) ?? []).map(unnamed),
      movements: of === 'item' ? (movements.get(subject) ?? []).map(({ subject: _, ...movement }) => movement) : []
    }
    return { rule_id, subject, window, flags: flags.get(name) ?? [] }
  })
}

function nameOf ({ rule_id, subject }: SharedSubject): string {
  return `${rule_id} ${subject}`
}

/** Rule and subject are the window's. */
function unnamed<T extends SharedSubject> ({ rule_id: _, subject: __, ...row }: T): Omit<T, keyof SharedSubject> {
  return row
}
