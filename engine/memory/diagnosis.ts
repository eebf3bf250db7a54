/** Diagnoses as memory keeps them: the main code, and the groups that exclusions ask about as six bits. */
import type { Diagnosis } from '../core/claim.ts'
import { DIAGNOSIS_GROUPS } from '../core/window.ts'
import type { DiagnosisGroup } from '../core/window.ts'

const GROUPS = Object.keys(DIAGNOSIS_GROUPS) as DiagnosisGroup[]
export const GROUPS_MASK = (1 << GROUPS.length) - 1
/** No pattern looks further than this into a code. */
const PREFIX = 3
const CACHE_MAX = 65_536

const masks = new Map<string, number>()

function groupsOfCode (code: string): number {
  const prefix = code.slice(0, PREFIX)
  let mask = masks.get(prefix)
  if (mask === undefined) {
    mask = 0
    for (let bit = 0; bit < GROUPS.length; bit++) if (DIAGNOSIS_GROUPS[GROUPS[bit]!].test(prefix)) mask |= 1 << bit
    if (masks.size === CACHE_MAX) masks.clear()
    masks.set(prefix, mask)
  }
  return mask
}

/** Bits of every group that any of the diagnoses belongs to. */
export function groupsOf (diagnoses: readonly Diagnosis[]): number {
  let mask = 0
  for (const diagnosis of diagnoses) mask |= groupsOfCode(diagnosis.diag_code)
  return mask
}

/** The one marked as main; of several the first by number, then by code. '' when none is. */
export function mainDiagnosisOf (diagnoses: readonly Diagnosis[]): string {
  let main: Diagnosis | null = null
  for (const diagnosis of diagnoses) {
    if (!diagnosis.maindiag_flag) continue
    if (main === null || diagnosis.diag_srt_no < main.diag_srt_no ||
      (diagnosis.diag_srt_no === main.diag_srt_no && diagnosis.diag_code < main.diag_code)) main = diagnosis
  }
  return main === null ? '' : main.diag_code
}

const SETS: ReadonlyArray<ReadonlySet<DiagnosisGroup>> = Array.from({ length: GROUPS_MASK + 1 }, (_, mask) =>
  Object.freeze(new Set(GROUPS.filter((_group, bit) => (mask & 1 << bit) !== 0))))

/** The groups of a mask; one shared set a mask, never to be changed. */
export function groupSet (mask: number): ReadonlySet<DiagnosisGroup> {
  return SETS[mask & GROUPS_MASK]!
}
