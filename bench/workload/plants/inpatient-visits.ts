/** A stay and one visit elsewhere during it: what the two rules that see such a pair have in common. */
import type { Person } from '../people.ts'
import type { Claim, Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import type { VisitWish } from './visits.ts'

export interface Pair { readonly person: Person, readonly stay: Stayed, readonly visit: Claim }

/** In hospital on days 0–7; a visit to a clinic nearby on day `day`. */
export function pair (
  plant: Plant, day: number, visit: Partial<VisitWish> = {}, stay: Partial<StayWish> = {}, person = plant.person()
): Pair {
  const seen = plant.visit(person, { place: plant.clinic(), at: plant.at(day, 10, 20), ...visit })
  return { person, stay: plant.spell(person, plant.hospital(), 0, 7, stay), visit: seen }
}

/** The stay's flag and the visit's. */
export function both (plant: Plant, { person, stay, visit }: Pair): void {
  plant.flag('bed-visit-elsewhere', person, stay.anchor, 3)
  plant.flag('visit-while-inpatient', person, [visit.fixmedins_code, visit.setl_id], 2)
}

/** Neither rule may say anything. */
export function neither (plant: Plant, { person }: Pair): void {
  plant.innocent(person, 'bed-visit-elsewhere')
  plant.innocent(person, 'visit-while-inpatient')
}
