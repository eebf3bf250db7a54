/** What the generator hands over: raw records, labels and confusers. */
import type { Severity } from '../../engine/core/flag.ts'
import type { SharedKind } from '../../engine/core/shared.ts'
import type { Millis } from '../../engine/core/time.ts'

/** A record as a sender would write it (the national interface's shape), ready for JSON or MessagePack. */
export type Raw = Record<string, unknown>

/** A rule's folder name under rules/monitoring. */
export type RuleId =
  'split-hospitalisation' | 'same-day-reregistration' | 'bed-no-lines' | 'bed-nursing-only-days' | 'bed-low-day-cost' |
  'bed-visit-elsewhere' | 'visit-while-inpatient' | 'overlapping-stays' | 'impossible-travel' | 'many-institutions-a-day' |
  'use-after-death' | 'sex-limited-item' | 'age-limited-item' | 'certificate-mismatch' | 'frequent-visits-month' |
  'frequent-visits-year' | 'frequent-visit-days' | 'claim-money-integrity' | 'claim-list-integrity' |
  'prescription-days' | 'exclusive-items' | 'trace-code-mismatch' | 'pharmacy-same-day-repeats' | 'credential-mix' | 'dialysis-frequency' |
  'trace-code-resold' | 'over-supply' | 'price-over-limit' | 'fee-outside-stay' | 'daily-item-limit' | 'days-over-stay' |
  'suspended-institution' |
  'bed-collision' | 'over-capacity' |
  'terminal-burst' | 'device-elsewhere' |
  'settled-beyond-stock' | 'settled-without-purchase' | 'mapping-change' |
  'group-admission' | 'same-basket' | 'night-pharmacy' | 'clustered-amounts' | 'december-surge'

/** A flag that must stand once everything has arrived: flag_id = fingerprintHex(rule, kind of subject, subject, ...anchor). */
export interface Label {
  readonly rule: RuleId
  /** Of what is about a shared subject one of the persons. */
  readonly psn_no: string
  /** What it is about when that is not a person. */
  readonly shared?: { readonly kind: SharedKind, readonly key: string }
  readonly anchor: readonly string[]
  readonly severity: Severity
  readonly scenario: string
}

/** A planted person who tempts `rule` and must not be flagged by it, save where a label says so. */
export interface Confuser { readonly rule: RuleId, readonly psn_no: string, readonly scenario: string }

/** A record on its way, made when its turn comes. */
export interface Pending { readonly at: Millis, readonly seq: number, readonly make: () => Raw }

export interface WorkloadOptions {
  /** Everything follows from it. */
  readonly seed: number
  /** Distinct settlements (2102, 2207, 2304) to make, at least; exact unless the plants alone are more. */
  readonly claims: number
  /** Length of the span that background covers. Default 45. */
  readonly days?: number
  /** First day of the span, "yyyy-MM-dd". Default 2026-03-01. */
  readonly start?: string
  /** Whether to plant labelled scenarios. Default true. */
  readonly plants?: boolean
  readonly city?: CityOptions
}

export interface CityOptions {
  /** Institutions per district, as a multiple of the smallest district. Default follows the number of claims. */
  readonly scale?: number
}
