/** Day facts in slots: chains of fourteen entries of three words (layout.ts, DAYS). */
import type { DayFacts } from './day-facts.ts'
import { DAYS, KIND, KIND_BYTE } from './layout.ts'
import type { Slab } from './slab.ts'

const SECOND_BITS = 17
const SECOND_MASK = (1 << SECOND_BITS) - 1

/** Adds a chain's days to `into`. */
export function readDays (slab: Slab, chain: number, into: DayFacts): void {
  for (let slot = chain; slot !== 0; slot = slab.word(slot, DAYS.next)) {
    const count = slab.word(slot, DAYS.count)
    for (let i = 0, at = DAYS.entries; i < count; i++, at += 3) {
      const first = slab.word(slot, at + 1)
      into.add(slab.word(slot, at), first & SECOND_MASK, slab.word(slot, at + 2), first >> SECOND_BITS)
    }
  }
}

/** Writes the days over a chain, growing or shrinking it. @returns the chain, 0 when there are no days. */
export function writeDays (slab: Slab, chain: number, facts: DayFacts): number {
  let start = chain
  let previous = 0
  let slot = chain
  for (let done = 0; done < facts.length; done += DAYS.perSlot) {
    if (slot === 0) {
      slot = addLink(slab, previous)
      if (previous === 0) start = slot
    }
    const count = Math.min(DAYS.perSlot, facts.length - done)
    slab.setWord(slot, DAYS.count, count)
    for (let i = 0, at = DAYS.entries; i < count; i++, at += 3) {
      slab.setWord(slot, at, facts.days[done + i]!)
      slab.setWord(slot, at + 1, facts.first[done + i]! | facts.flags[done + i]! << SECOND_BITS)
      slab.setWord(slot, at + 2, facts.last[done + i]!)
    }
    previous = slot
    slot = slab.word(slot, DAYS.next)
  }
  if (previous !== 0) slab.setWord(previous, DAYS.next, 0)
  freeChain(slab, slot)
  return previous === 0 ? 0 : start
}

export function freeChain (slab: Slab, chain: number): void {
  while (chain !== 0) {
    const next = slab.word(chain, DAYS.next)
    slab.release(chain)
    chain = next
  }
}

/** Whether a chain of messages seen holds this content. */
export function hasSeen (slab: Slab, chain: number, contentHi: number, contentLo: number): boolean {
  for (let slot = chain; slot !== 0; slot = slab.word(slot, DAYS.next)) {
    const end = DAYS.entries + 3 * slab.word(slot, DAYS.count)
    for (let at = DAYS.entries; at < end; at += 3) {
      if (slab.word(slot, at) === contentHi && slab.word(slot, at + 1) === contentLo) return true
    }
  }
  return false
}

/** Puts a message in front. @returns the chain. */
export function addSeen (slab: Slab, chain: number, contentHi: number, contentLo: number): number {
  let slot = chain
  if (slot === 0 || slab.word(slot, DAYS.count) === DAYS.perSlot) {
    slot = addLink(slab, 0)
    slab.setWord(slot, DAYS.next, chain)
  }
  const count = slab.word(slot, DAYS.count)
  slab.setWord(slot, DAYS.entries + 3 * count, contentHi)
  slab.setWord(slot, DAYS.entries + 3 * count + 1, contentLo)
  slab.setWord(slot, DAYS.count, count + 1)
  return slot
}

function addLink (slab: Slab, previous: number): number {
  const slot = slab.allocate()
  slab.setByte(slot, KIND_BYTE, KIND.days)
  if (previous !== 0) slab.setWord(previous, DAYS.next, slot)
  return slot
}
