/** med_type: a code that provinces extend, checked by its longest known prefix. */
import { medTypeName } from './code-tables.ts'
import { at, optionalId } from './field.ts'
import { refuse } from './refusal.ts'

/** Reads a med_type as `area` (mdtrtarea_admvs) may send it; '' when absent. */
export function readMedType (value: unknown, area: string): string {
  const med_type = optionalId(value, 'med_type')
  if (med_type === '' || medTypeName(med_type, area) !== null) return med_type
  return refuse('unknown_code', at('med_type'), med_type)
}
