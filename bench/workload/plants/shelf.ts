/** What the scenarios about stock have in common: an item that nobody else has, its stock records, and its sales. */
import { DAY, formatDate, HOUR, SECOND } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'
import type { Item } from '../catalogue.ts'
import { feeOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import type { Place } from '../city.ts'
import { stockRecord } from '../stock.ts'
import type { StockInfno } from '../stock.ts'
import type { Raw } from '../types.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import type { VisitWish } from './visits.ts'

/** A stock record that was planted. */
export interface Moved { readonly infno: StockInfno, readonly day: number, readonly units: number, readonly batch: string }

export interface Handed {
  /** The day on which it is handed in, when that is not its own. */
  readonly sent?: number
  /** Fields laid over its own. */
  readonly more?: Raw
}

interface Wish extends Partial<VisitWish> { readonly extra?: (fee: Fee) => Fee[], readonly line?: Raw }
/** A shelf and what was sold of it. */
export type Sold = Shelf & { readonly claims: readonly Claim[] }

export class Shelf {
  readonly plant: Plant
  readonly place: Place
  readonly item: Item
  /** Everybody to whom something of it was sold. */
  readonly buyers: Person[] = []

  constructor (plant: Plant, place: Place = plant.ownPharmacy) {
    const digits = plant.id('K', plant.at(0)).slice(-9)
    this.plant = plant
    this.place = place
    this.item = {
      ...plant.world.catalogue.packed[1]!, med_list_codg: `XS01A${digits}0010101`, medins_list_codg: `YS${digits}`,
      name: '复方某某片', trace: false, pric: 30_000_000
    }
  }

  get subject (): string {
    return `${this.place.fixmedins_code}|${this.item.med_list_codg}`
  }

  get ownSubject (): string {
    return `${this.place.fixmedins_code}|${this.item.medins_list_codg}`
  }

  /** Hands in a stock record dated on a day, negative for one before the scenario. */
  moved (infno: StockInfno, day: number, units: number, handed: Handed = {}, batch: string = this.plant.id('N', this.plant.at(0))): Moved {
    const { plant, place, item } = this
    const sent = plant.at(handed.sent ?? Math.max(0, day), 7) + plant.random.below(1800) * SECOND
    const at = plant.at(0) + day * DAY + 6 * HOUR
    const serial = plant.random.below(10_000)
    plant.send(sent + SECOND, stockRecord(infno, { place, item, batch, at, sent, units, serial, more: handed.more ?? {} }))
    return { infno, day, units, batch }
  }

  /** A later version of a stock record. */
  correct ({ infno, day, batch }: Moved, units: number, sent: number): void {
    this.moved(infno, day, units, { sent }, batch)
  }

  /** Deletes a stock record (3507). */
  remove ({ infno, batch }: Moved, sent: number): void {
    const inv_data_type = { 3501: '1', 3502: '2', 3503: '3', 3504: '3', 3505: '4', 3506: '4', 3301: '' }[infno]
    const { plant, place } = this
    const at = plant.at(sent, 8)
    const serial = plant.random.below(10_000)
    plant.send(at + SECOND, stockRecord('3507', { place, item: this.item, batch, at, sent: at, units: 0, serial, more: { inv_data_type } }))
  }

  /** From a day on the own code means a national code. */
  mapped (day: number, code: string, sent = Math.max(0, day)): void {
    this.moved('3301', day, 0, { sent, more: { med_list_codg: code } })
  }

  /** Sells some to somebody new. */
  sell (day: number, units: number, { extra = () => [], line, ...wish }: Wish = {}, item: Item = this.item): Claim {
    const { plant, place } = this
    const person = plant.person()
    this.buyers.push(person)
    const at: Millis = plant.at(day, 10, plant.random.below(50))
    const fee = feeOf(item, at - 5 * 60 * SECOND, units, { sn: '1' })
    const change = (record: Raw): void => { Object.assign(listOf(record, 'feedetail')[0]!, line) }
    return plant.visit(person, { place, at, fees: [fee, ...extra(fee)], change, ...wish })
  }

  /** Something else was sold, as it turns out. */
  correctAway (claim: Claim, at: Millis): void {
    this.plant.correct(claim, at, record => { listOf(record, 'feedetail')[0]!.med_list_codg = `${this.item.med_list_codg.slice(0, -2)}09` })
  }

  /** A flag under the scenario's rule. */
  flag (anchor: readonly string[], severity: 1 | 2 | 3, subject = this.subject): void {
    this.plant.flagShared(this.plant.scenario.rule, 'item', subject, this.buyers[0]!, anchor, severity)
  }

  /** Nothing may be said of it. */
  innocent (): void {
    for (const person of this.buyers) this.plant.innocent(person)
  }

  /** yyyy-MM-dd of a day. */
  date (day: number): string {
    return formatDate(this.plant.at(0) + day * DAY)
  }
}
