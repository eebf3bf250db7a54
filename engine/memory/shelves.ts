/** What one task's memory is made of, and what records of both kinds share: versions, identities, lists. */
import type { Version } from '../core/claim.ts'
import type { Dictionary } from './dictionary.ts'
import type { PersonTable } from './person-table.ts'
import { KIND_BYTE, KIND_MASK } from './layout.ts'
import type { Slab } from './slab.ts'

export interface Shelves {
  readonly persons: PersonTable
  readonly visits: Slab
  readonly stays: Slab
  readonly codes: Dictionary
  readonly counters: { records: number, evicted: number, expired: number }
}

/** Where a record keeps its version (VISIT or PART); the content follows the order. */
interface VersionFields { readonly latest: number, readonly order: number, readonly inf: number }

export function writeVersion (slab: Slab, slot: number, fields: VersionFields, version: Version): void {
  slab.setDouble(slot, fields.latest, version.inf_time)
  slab.setDouble(slot, fields.inf, version.inf_time)
  slab.setWord(slot, fields.order, version.order)
  slab.setWord(slot, fields.order + 1, version.contentHi)
  slab.setWord(slot, fields.order + 2, version.contentLo)
}

/** Whether the claim says what is kept. */
export function sameAsKept (slab: Slab, slot: number, fields: VersionFields, version: Version): boolean {
  return slab.word(slot, fields.order + 1) === (version.contentHi | 0) && slab.word(slot, fields.order + 2) === (version.contentLo | 0)
}

/** How a claim's version stands to the one kept: the same (sent again later, or not), older, or newer. */
export function compareKept (slab: Slab, slot: number, fields: VersionFields, version: Version): 'resent' | 'duplicate' | 'superseded' | 'corrected' {
  const later = laterBy(slab, slot, fields, version)
  if (sameAsKept(slab, slot, fields, version)) return later > 0 ? 'resent' : 'duplicate'
  const hi = slab.word(slot, fields.order + 1)
  const lo = slab.word(slot, fields.order + 2)
  const newer = later || (version.contentHi >>> 0) - (hi >>> 0) || (version.contentLo >>> 0) - (lo >>> 0)
  return newer > 0 ? 'corrected' : 'superseded'
}

/**
 * Equal content sent again later: the later version is kept, because a third version is to be compared with the
 * latest of them whatever the order of arrival.
 */
export function raiseVersion (slab: Slab, slot: number, fields: VersionFields, version: Version): void {
  if (laterBy(slab, slot, fields, version) <= 0) return
  slab.setDouble(slot, fields.latest, version.inf_time)
  slab.setWord(slot, fields.order, version.order)
}

function laterBy (slab: Slab, slot: number, fields: VersionFields, version: Version): number {
  return version.inf_time - slab.double(slot, fields.latest) || version.order - slab.word(slot, fields.order)
}

export function kindOf (slab: Slab, slot: number): number {
  return slab.byte(slot, KIND_BYTE) & KIND_MASK
}

/** Takes a slot out of a singly linked list (link in word 0) whose head is kept in `holder`'s word `headWord`. */
export function unlink (holder: Slab, owner: number, headWord: number, slab: Slab, slot: number): void {
  const next = slab.word(slot, 0)
  let at = holder.word(owner, headWord)
  if (at === slot) {
    holder.setWord(owner, headWord, next)
    return
  }
  while (slab.word(at, 0) !== slot) at = slab.word(at, 0)
  slab.setWord(at, 0, next)
}
