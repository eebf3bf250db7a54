/** What the oracle says stands at the end, and the little that all its rules share. */
import { fingerprintHex } from '../../core/fingerprint.ts'
import type { Person, Stay, Visit } from './person.ts'
import type { Reference } from './reference.ts'

/** One flag that must stand. Money in 分; `main` names the claims counted, `institution/mdtrt_id/setl_id`, sorted. */
export interface Found {
  rule: string
  /** '' for what is about a shared subject. */
  psn_no: string
  /** What it is about when that is not a person. */
  shared?: { kind: string, key: string }
  anchor: string[]
  severity: 1 | 2 | 3
  medfee: number
  fund: number
  acct: number
  main: string[]
}

export type Say = (found: Found) => void
/** A person rule of the oracle. `watermark`: how far event time has come, for rules that wait. */
export type OracleRule = (person: Person, reference: Reference, watermark: number, say: Say) => void

const IN_FORCE = Date.parse('2021-05-01T00:00:00+08:00')
/** Every rule of this edition is in force, everywhere, for service from 2021-05-01. */
export function inForce (at: number): boolean {
  return at >= IN_FORCE
}

/** The flag whose main items are `main`, with their money added up. */
export function about (rule: string, person: Person, anchor: string[], severity: 1 | 2 | 3, main: ReadonlyArray<Stay | Visit>): Found {
  const claims = main.flatMap(one => 'settlements' in one ? one.settlements : [one.claim])
  const unsettled = main.flatMap(one => 'settlements' in one && one.settlements.length === 0 ? [`${one.fix}/${one.mdtrt_id}/`] : [])
  const sum = (money: 'medfee' | 'fund' | 'acct'): number => claims.reduce((total, claim) => total + claim[money], 0)
  return {
    rule,
    psn_no: person.psn_no,
    anchor,
    severity,
    medfee: sum('medfee'),
    fund: sum('fund'),
    acct: sum('acct'),
    main: [...claims.map(claim => `${claim.fix}/${claim.mdtrt_id}/${claim.setl_id}`), ...unsettled].sort()
  }
}

export function flagIdOf (found: Found): string {
  const { kind, key } = found.shared ?? { kind: 'person', key: found.psn_no }
  return fingerprintHex(found.rule, kind, key, ...found.anchor)
}
