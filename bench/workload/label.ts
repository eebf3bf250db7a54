/** How a label is named: as the flag that it asks for. */
import { fingerprintHex } from '../../engine/core/fingerprint.ts'
import type { Label } from './types.ts'

export function labelId ({ rule, psn_no, shared, anchor }: Pick<Label, 'rule' | 'psn_no' | 'shared' | 'anchor'>): string {
  return fingerprintHex(rule, shared?.kind ?? 'person', shared?.key ?? psn_no, ...anchor)
}
