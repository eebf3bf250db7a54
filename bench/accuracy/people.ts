/** A workload as bytes by person, so that the oracle can take one person after another. */
import { eventTime, isStockRecord, malformed, personOf } from '../../engine/sim/oracle/claims.ts'
import { judgePerson } from '../../engine/sim/oracle/oracle.ts'
import type { Standing } from '../../engine/sim/oracle/oracle.ts'
import type { Raw } from '../../engine/sim/oracle/read.ts'
import { referenceFrom } from '../../engine/sim/oracle/reference.ts'
import { SharedSubjects } from '../../engine/sim/oracle/shared.ts'

export class People {
  readonly #own = new Map<string, Uint8Array[]>()
  readonly #master: Raw[] = []
  readonly #stock: Raw[] = []
  /** Greatest event time of all records the oracle accepts. */
  #clock = -Infinity
  records = 0
  bytes = 0

  /** Takes a record in. @returns its JSON. */
  add (raw: Raw): Uint8Array {
    const json = Buffer.from(JSON.stringify(raw))
    this.records++
    this.bytes += json.length
    const event = eventTime(raw)
    if (event === null) {
      if (raw['type'] !== undefined) this.#master.push(raw)
      else if (isStockRecord(raw) && !malformed(raw)) this.#stock.push(raw)
      return json
    }
    if (malformed(raw)) return json
    if (raw['type'] === undefined) this.#clock = Math.max(this.#clock, event)
    const psn_no = personOf(raw)
    const own = this.#own.get(psn_no)
    if (own === undefined) this.#own.set(psn_no, [json])
    else own.push(json)
    return json
  }

  /** What must stand, by the oracle. */
  standing (): Standing {
    const reference = referenceFrom(this.#master)
    const standing: Standing = new Map()
    const shared = new SharedSubjects()
    for (const [psn_no, own] of this.#own) {
      judgePerson(psn_no, own.map(json => JSON.parse(Buffer.from(json).toString()) as Raw), reference, this.#clock, standing, shared)
    }
    for (const raw of this.#stock) shared.addStock(raw)
    shared.judge(reference, standing)
    return standing
  }
}
