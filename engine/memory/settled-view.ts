/** A stay's settlement as rules read it. Pooled; ids are decoded when asked for. */
import type { Fen } from '../core/money.ts'
import type { Millis } from '../core/time.ts'
import type { Settled } from '../core/window.ts'
import { HEAD, PART } from './layout.ts'
import type { Shelves } from './shelves.ts'

export class SettledView implements Settled {
  fixmedins_code = ''
  setl_time: Millis = 0
  medfee_sumamt: Fen = 0
  fund_pay_sumamt: Fen = 0
  acct_pay: Fen = 0
  readonly #at: Shelves
  #head = 0
  #part = 0

  constructor (at: Shelves) {
    this.#at = at
  }

  get setl_id (): string {
    const { stays } = this.#at
    return stays.text(this.#part, PART.setl_id, stays.byte(this.#part, PART.setlLength))
  }

  get mdtrt_id (): string {
    const { stays } = this.#at
    return stays.text(this.#head, HEAD.mdtrt_id, stays.byte(this.#head, HEAD.mdtrtLength))
  }

  fill (head: number, part: number): this {
    const { stays, codes } = this.#at
    this.#head = head
    this.#part = part
    this.fixmedins_code = codes.textOf(stays.word(head, HEAD.fix))
    this.setl_time = stays.double(part, PART.setl)
    this.medfee_sumamt = stays.double(part, PART.medfee)
    this.fund_pay_sumamt = stays.double(part, PART.fund)
    this.acct_pay = stays.double(part, PART.account)
    return this
  }
}
