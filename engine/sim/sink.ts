/** The store in memory: rows as a ReplacingMergeTree keeps them, and claims as they were sent. */
import { compareVersions } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Sent } from './virtual-lane.ts'

export class Sink {
  readonly #rows = new Map<string, FlagRow>()
  readonly #stored = new Map<number, Sent>()
  /** Whose a settlement is that several persons were said to have. */
  readonly moved = new Map<string, string>()
  /** Every row that was ever written. */
  readonly written: FlagRow[] = []

  /** The row of greatest revision stands; of equal ones the one written last. */
  writeFlags (rows: readonly FlagRow[]): void {
    for (const row of rows) {
      this.written.push(row)
      const standing = this.#rows.get(row.flag_id)
      if (standing === undefined || row.revision >= standing.revision) this.#rows.set(row.flag_id, row)
    }
  }

  /** Repeats of one record are one claim. */
  writeClaims (claims: readonly Sent[]): void {
    for (const claim of claims) this.#stored.set(claim.number, claim)
  }

  /** Of a settlement the winning version; one that moved to another person is that person's only. */
  get claims (): Sent[] {
    const winners = new Map<string, Sent>()
    for (const sent of this.#stored.values()) {
      if (sent.held === null) continue
      const key = `${sent.psn_no} ${sent.held.key}`
      const known = winners.get(key)
      if (known === undefined || compareVersions(sent.held.version, known.held!.version) > 0) winners.set(key, sent)
    }
    return [...this.#stored.values()].filter(sent => {
      const { held, psn_no } = sent
      return held === null || (winners.get(`${psn_no} ${held.key}`) === sent && (this.moved.get(held.key) ?? psn_no) === psn_no)
    })
  }

  /** Every claim of a settlement, whoever it is by now. */
  holding (key: string): Sent[] {
    return [...this.#stored.values()].filter(({ held }) => held?.key === key)
  }

  /** The row that stands of every flag, retracted ones too. */
  get rows (): ReadonlyMap<string, FlagRow> {
    return this.#rows
  }

  /** The greatest revision ever written of any flag of a person. */
  saidOfPersons (): Map<string, number> {
    const said = new Map<string, number>()
    for (const { subject, revision } of this.#rows.values()) said.set(subject, Math.max(revision, said.get(subject) ?? 0))
    return said
  }

  /** Rows that say a flag stands, by flag_id. */
  get active (): Map<string, FlagRow> {
    return new Map([...this.#rows].filter(([, row]) => row.status === 'active'))
  }
}
