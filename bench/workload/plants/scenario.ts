/** What a planted scenario is. Each rule's file lists its own; plants/index.ts lists the files. */
import type { RuleId } from '../types.ts'
import type { Plant } from './plant.ts'

/**
 * Where in the span a scenario is put. any: wherever it fits · month: from the first day of the longest piece of a month ·
 * turn: day 10 is the first of a month · year: from the first day of the longest piece of a year · end: its last day is
 * the last of the span · newyear: day 5 is the 1 January before the span · december: day 0 is the 1 June, with the December after
 * it, of the year before the span's.
 */
export type Where = 'any' | 'month' | 'turn' | 'year' | 'end' | 'newyear' | 'december'

export interface Scenario {
  /** The rule it is about; it may cause labels of others. */
  readonly rule: RuleId
  /** Unique within the rule. */
  readonly name: string
  /** Days it takes, at most: that of its last arrival included. */
  readonly needs: number
  readonly where: Where
  /** Dozens of settlements: planted less often. */
  readonly heavy: boolean
  /** Beds of a hospital that each planting has for itself; 0 for none. */
  readonly ownBeds: number
  /** Each planting has a pharmacy for itself. */
  readonly ownPharmacy: boolean
  readonly build: (plant: Plant) => void
}

export interface Placement {
  readonly needs?: number, readonly where?: Where, readonly heavy?: boolean, readonly ownBeds?: number, readonly ownPharmacy?: boolean
}

/** Collects the scenarios of one rule: name, what it builds, and where it goes when that matters. */
export function scenarios (
  rule: RuleId, defaults: Placement, list: ReadonlyArray<readonly [name: string, build: (plant: Plant) => void, placement?: Placement]>
): Scenario[] {
  return list.map(([name, build, placement]) => ({
    rule, name, build, needs: 20, where: 'any' as const, heavy: false, ownBeds: 0, ownPharmacy: false, ...defaults, ...placement
  }))
}
