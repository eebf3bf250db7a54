/** Oracle of what the claims of several persons share: every rule sorts settlements by what they share, and judges each pile. */
import { bedCollision, overCapacity } from './beds-shared.ts'
import type { Settled } from './claims.ts'
import { flagIdOf } from './found.ts'
import type { Found } from './found.ts'
import { groupAdmission, nightPharmacy, sameBasket } from './groups.ts'
import { clusteredAmounts, decemberSurge } from './pharmacy-days.ts'
import type { Raw } from './read.ts'
import type { Reference } from './reference.ts'
import { mappingChange, settledBeyondStock, settledWithoutPurchase, shelvesFrom } from './stock.ts'
import type { Shelves } from './stock.ts'
import { overSupply } from './supply.ts'
import { deviceElsewhere, terminalBurst } from './terminals.ts'
import { traceCodeResold } from './trace.ts'

/** A settlement as a pile keeps it: what every rule needs, and what its rule took from the lines. */
export type Shared<T> = Pick<Settled, 'fix' | 'setl_id' | 'mdtrt_id' | 'psn_no' | 'area' | 'medfee' | 'fund' | 'acct'> & {
  readonly at: number, readonly took: T
}

export interface SharedOracleRule<T = unknown> {
  readonly rule: string
  readonly kind: string
  /** What a settlement shares, by name. */
  readonly take: (claim: Settled) => ReadonlyMap<string, T>
  /** @param pile by event time, then institution, then setl_id */
  readonly judge: (
    name: string, pile: ReadonlyArray<Shared<T>>, reference: Reference,
    say: (found: Omit<Found, 'rule' | 'psn_no' | 'shared'>) => void, shelves: Shelves
  ) => void
}

/** Each takes and judges what is its own. */
const RULES = [
  bedCollision, overCapacity, traceCodeResold, groupAdmission, sameBasket, nightPharmacy, clusteredAmounts, decemberSurge,
  terminalBurst, deviceElsewhere, overSupply, settledBeyondStock, settledWithoutPurchase, mappingChange
] as unknown as readonly SharedOracleRule[]

export class SharedSubjects {
  readonly #stock: Raw[] = []
  readonly #piles = RULES.map(() => new Map<string, Array<Shared<unknown>>>())

  /** Takes in a settlement that stands. */
  add (claim: Settled): void {
    RULES.forEach((rule, i) => {
      for (const [name, took] of rule.take(claim)) {
        const { fix, setl_id, mdtrt_id, psn_no, area, medfee, fund, acct } = claim
        const pile = this.#piles[i]!.get(name) ?? []
        this.#piles[i]!.set(name, pile)
        pile.push({ fix, setl_id, mdtrt_id, psn_no, area, medfee, fund, acct, at: eventOf(claim), took })
      }
    })
  }

  /** Takes in a record; what is none about stock says nothing. */
  addStock (raw: Raw): void {
    this.#stock.push(raw)
  }

  judge (reference: Reference, standing: Map<string, Found>): void {
    const shelves = shelvesFrom(this.#stock)
    RULES.forEach((rule, i) => {
      for (const [name, pile] of this.#piles[i]!) {
        pile.sort((a, b) => a.at - b.at || (a.fix < b.fix ? -1 : a.fix > b.fix ? 1 : a.setl_id < b.setl_id ? -1 : 1))
        rule.judge(name, pile, reference, found => {
          const whole: Found = { ...found, rule: rule.rule, psn_no: '', shared: { kind: rule.kind, key: name } }
          standing.set(flagIdOf(whole), whole)
        }, shelves)
      }
    })
  }
}

/** When it happened: a stay's discharge, else the end of the span settled; a visit's settlement. */
function eventOf ({ infno, stay, end, time }: Settled): number {
  return infno === '2304' ? (stay?.dscg ?? end ?? time).at : time.at
}

/** Main items that are parts of settlements: fund and account in proportion, halves up. */
export function worthOf (parts: ReadonlyArray<{ readonly of: Shared<unknown>, readonly amount: number }>): Pick<Found, 'medfee' | 'fund' | 'acct' | 'main'> {
  const share = (money: number, { of, amount }: (typeof parts)[number]): number => of.medfee === 0 ? 0 : Math.round(money * amount / of.medfee)
  const sum = (value: (part: (typeof parts)[number]) => number): number => parts.reduce((total, part) => total + value(part), 0)
  return {
    medfee: sum(part => part.amount), fund: sum(part => share(part.of.fund, part)), acct: sum(part => share(part.of.acct, part)),
    main: parts.map(({ of }) => `${of.fix}/${of.mdtrt_id}/${of.setl_id}`).sort()
  }
}
