/** The window of one person at a time, in objects that are used again for the next person. */
import type { Death, PersonWindow } from '../core/window.ts'
import { HEAD, KIND_BYTE, PERSON, TOUCHED, TOUCHED_ALL, VISIT, VISIT_FLAG } from './layout.ts'
import type { Shelves } from './shelves.ts'
import { StayView } from './stay-view.ts'
import { findDeath } from './visit-records.ts'
import { VisitView } from './visit-view.ts'

/** Objects kept for later; a person with more gets new ones that are thrown away again. */
const POOL_MAX = 1_024

export class WindowView implements PersonWindow {
  psn_no = ''
  readonly stays: StayView[] = []
  readonly visits: VisitView[] = []
  death: Death | null = null
  readonly #at: Shelves
  #person = 0
  readonly #spareVisits: VisitView[] = []
  readonly #spareStays: StayView[] = []

  constructor (at: Shelves) {
    this.#at = at
  }

  show (person: number): PersonWindow {
    this.#person = person
    this.psn_no = this.#at.persons.psnNoOf(person)
    return this.refresh(TOUCHED_ALL)
  }

  refresh (touched: number): PersonWindow {
    if ((touched & TOUCHED.visits) !== 0) this.#fillVisits()
    if ((touched & TOUCHED.stays) !== 0) this.#fillStays()
    if ((touched & TOUCHED.death) !== 0) this.#fillDeath()
    return this
  }

  #fillVisits (): void {
    const { visits } = this.#at
    let count = 0
    for (let slot = this.#at.persons.slab.word(this.#person, PERSON.visits); slot !== 0; slot = visits.word(slot, VISIT.next)) {
      if ((visits.byte(slot, KIND_BYTE) & VISIT_FLAG.void) !== 0) continue
      if (count === this.visits.length) this.visits.push(this.#spareVisits.pop() ?? new VisitView(this.#at))
      this.visits[count++]!.fill(slot)
    }
    while (this.visits.length > count) setAside(this.#spareVisits, this.visits.pop()!)
  }

  #fillStays (): void {
    const { stays } = this.#at
    while (this.stays.length > 0) setAside(this.#spareStays, this.stays.pop()!)
    for (let head = this.#at.persons.slab.word(this.#person, PERSON.stays); head !== 0; head = stays.word(head, HEAD.next)) {
      const view = this.#spareStays.pop() ?? new StayView(this.#at)
      if (view.fill(head)) this.stays.push(view)
      else setAside(this.#spareStays, view)
    }
    if (this.stays.length > 1) this.stays.sort(canonicalOrder)
  }

  #fillDeath (): void {
    const { visits, codes } = this.#at
    const slot = findDeath(this.#at, this.#person)
    this.death = slot === 0
      ? null
      : {
          die_date: visits.double(slot, VISIT.event),
          source: codes.textOf(visits.word(slot, VISIT.diagnosis)),
          inf_time: visits.double(slot, VISIT.latest)
        }
  }
}

function setAside<T> (pool: T[], view: T): void {
  if (pool.length < POOL_MAX) pool.push(view)
}

/** By adm_time, then fixmedins_code, then mdtrt_id. */
function canonicalOrder (a: StayView, b: StayView): number {
  if (a.adm_time !== b.adm_time) return a.adm_time - b.adm_time
  if (a.fixmedins_code !== b.fixmedins_code) return a.fixmedins_code < b.fixmedins_code ? -1 : 1
  return a.mdtrt_id < b.mdtrt_id ? -1 : 1
}
