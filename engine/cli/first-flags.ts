/** The flags that came first and still stand: what later records took back is not to be looked at. */
import type { FlagRow } from '../core/flag.ts'

export type ShownFlag = Pick<FlagRow, 'flag_id' | 'severity' | 'sentence_zh'>
type Told = ShownFlag & Pick<FlagRow, 'revision' | 'status'>

export class FirstFlags {
  /** By flag_id, in the order in which they were first told of, each as its newest revision says it. */
  readonly #told = new Map<string, Told>()

  /** Takes what became of a record; pieces under way at once may be answered out of order, so the greatest revision stays. */
  add (flags: readonly Told[]): void {
    for (const flag of flags) {
      const known = this.#told.get(flag.flag_id)
      if (known === undefined || known.revision <= flag.revision) this.#told.set(flag.flag_id, flag)
    }
  }

  /** @param inStore flags that stand in the end: event time alone can take one back, of which no record's answer tells */
  standing (inStore: ReadonlyArray<Pick<FlagRow, 'flag_id'>>, most: number): ShownFlag[] {
    const standing = new Set(inStore.map(flag => flag.flag_id))
    return [...this.#told.values()].filter(flag => flag.status === 'active' && standing.has(flag.flag_id)).slice(0, most)
  }
}
