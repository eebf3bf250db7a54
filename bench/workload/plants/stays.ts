/** A planted stay in hospital. Left alone it has fees every day, costs what its peers cost and arrives when it ends. */
import type { Fen } from '../../../engine/core/money.ts'
import { calendarDays, dayOf, HOUR, MINUTE, startOfDay } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'
import { bedOfItsOwn } from '../beds.ts'
import type { Place } from '../city.ts'
import type { Fee } from '../fees.ts'
import { medianDayCost } from '../peers.ts'
import type { Person } from '../people.ts'
import type { Diagnosis } from '../records.ts'
import { balance, plainDay, settledStay, stayEvent, stayLines, stayList } from '../stay.ts'
import type { DayKind, StayPlan, StaySettlement } from '../stay.ts'
import type { Raw } from '../types.ts'
import type { Claim, Plant } from './plant.ts'

export interface StayWish {
  readonly place: Place
  readonly from: Millis
  /** null: still in hospital, known by 2401 and 2301. */
  readonly to: Millis | null
  readonly fromDateOnly?: boolean
  readonly toDateOnly?: boolean
  readonly dept?: string
  readonly diagnosis?: Diagnosis
  readonly med_type?: string
  /** Fields of mdtrtinfo that replace the usual ones. */
  readonly info?: Raw
  /** What each day has; default full. */
  readonly day?: (k: number) => DayKind
  /** Changes the lines of a day after they are made, before the balance. */
  readonly edit?: (fees: Fee[], k: number, plan: StayPlan) => Fee[]
  /** Cost of the whole; default the peers' median for each day of the stay. null: leave the lines as they are. */
  readonly total?: Fen | null
  /** Send 2401, daily 2301 and 2402 too; always for an open stay. */
  readonly chain?: boolean
  /** false: no 2304. Default true when discharged. */
  readonly settled?: boolean
  /** Settle the days up to and including this one in the middle. */
  readonly midAfter?: number
  readonly crossYear?: boolean
  /** 2304 without times in mdtrtinfo. */
  readonly bare?: boolean
  readonly list?: boolean
  /** Number of days with lines of an open stay. */
  readonly openDays?: number
  /** When the 2402 of a chain is sent; default two minutes after discharge. */
  readonly dischargeSent?: Millis
  /** inf_time of the 2304; default half an hour after discharge. */
  readonly sent?: Millis
  readonly arrive?: Millis
  readonly change?: (record: Raw) => void
}

/** What came of a planted stay: its settlements in order (the last one first known as `claim`). */
export interface Stayed {
  readonly fixmedins_code: string
  readonly mdtrt_id: string
  readonly plan: StayPlan
  readonly settlements: readonly Claim[]
  /** The only or last settlement; throws where there is none. */
  readonly claim: Claim
  /** Every line, by day. */
  readonly days: ReadonlyArray<readonly Fee[]>
  /** [fixmedins_code, mdtrt_id] */
  readonly anchor: readonly string[]
}

const USUAL: Diagnosis = ['J18.900', '肺炎']

export function buildStay (plant: Plant, person: Person, wish: StayWish): Stayed {
  const plan = planOf(plant, person, wish)
  const days = Array.from({ length: plan.lastDay + 1 }, (_, k) => {
    const fees = plainDay(plan, k, plant.world.catalogue, wish.day?.(k) ?? 'full')
    return wish.edit?.(fees, k, plan) ?? fees
  })
  const los = Math.max(1, plan.to === null ? plan.lastDay : calendarDays(plan.from, plan.to))
  if (wish.total !== null && days.some(fees => fees.length > 0)) {
    balance(days.flat(), wish.total ?? plan.dayCost * los, plant.world.catalogue)
  }
  const open = plan.to === null
  if (open || wish.chain === true) sendChain(plant, plan, days, wish.dischargeSent)
  const settlements = open || wish.settled === false ? [] : settle(plant, plan, days, wish)
  if (wish.list === true) plant.send(plan.to! + 26 * HOUR + 1000, stayList(plan, settlements.at(-1)!.setl_id, plan.to! + 26 * HOUR, 7))
  const { fixmedins_code } = plan.place
  return {
    fixmedins_code, mdtrt_id: plan.mdtrt_id, plan, settlements, days, anchor: [fixmedins_code, plan.mdtrt_id],
    get claim () {
      const last = settlements.at(-1)
      if (last === undefined) throw new RangeError(`${plant.name}: the stay is not settled`)
      return last
    }
  }
}

function planOf (plant: Plant, person: Person, wish: StayWish): StayPlan {
  const diagnosis = wish.diagnosis ?? USUAL
  const { place } = wish
  const mdtrt_id = plant.id('M', wish.from)
  const dept = wish.dept ?? 'A03'
  return {
    seed: plant.seed ^ Number(mdtrt_id.slice(-8)), person, place, mdtrt_id, from: wish.from, fromDateOnly: wish.fromDateOnly ?? false,
    to: wish.to, toDateOnly: wish.toDateOnly ?? false,
    lastDay: wish.to === null ? wish.openDays! - 1 : dayOf(wish.to) - dayOf(wish.from),
    dept, ...bedOfItsOwn(dept, mdtrt_id), doctor: place.doctors[plant.seed % place.doctors.length]!, diagnoses: [diagnosis],
    med_type: wish.med_type ?? '21', cert: '03', dayCost: medianDayCost(place.hosp_lv, diagnosis[0]), info: wish.info ?? {}
  }
}

/** 2401 at admission, 2301 every evening or at discharge, 2402 at discharge. */
function sendChain (plant: Plant, plan: StayPlan, days: ReadonlyArray<readonly Fee[]>, dischargeSent?: Millis): void {
  const admitted = plan.fromDateOnly ? plan.from + 10 * HOUR : plan.from
  plant.send(admitted + 2 * MINUTE, stayEvent(plan, '2401', admitted + 2 * MINUTE, 1))
  for (const [k, fees] of days.entries()) {
    if (fees.length === 0) continue
    const evening = startOfDay(dayOf(plan.from) + k) + 20 * HOUR
    const sent = plan.to !== null && k === plan.lastDay ? Math.max(evening, plan.to + MINUTE) : evening
    plant.send(sent + 1000, stayLines(plan, fees, sent, k + 2))
  }
  if (plan.to === null) return
  const sent = dischargeSent ?? plan.to + 2 * MINUTE
  plant.send(sent + 1000, stayEvent(plan, '2402', sent, 99))
}

function settle (plant: Plant, plan: StayPlan, days: ReadonlyArray<readonly Fee[]>, wish: StayWish): Claim[] {
  const cut = wish.midAfter === undefined ? 0 : wish.midAfter + 1
  const claims: Claim[] = []
  if (cut > 0) {
    const at = startOfDay(dayOf(plan.from) + cut - 1) + 18 * HOUR
    const fees = days.slice(0, cut).flat()
    claims.push(settlePart(plant, plan, wish, { fees, setl_time: at, finish: at, mid: true, sent: at + 5000 }, at + 6000))
  }
  const discharged = plan.toDateOnly ? plan.to! + 16 * HOUR : plan.to!
  const setl_time = discharged + 30 * MINUTE
  const sent = wish.sent ?? setl_time + 5000
  const last = { fees: days.slice(cut).flat(), setl_time, finish: plan.to!, mid: false, sent }
  claims.push(settlePart(plant, plan, wish, last, wish.arrive ?? sent + 1000))
  return claims
}

type Part = Pick<StaySettlement, 'fees' | 'setl_time' | 'finish' | 'mid' | 'sent'>

function settlePart (plant: Plant, plan: StayPlan, wish: StayWish, part: Part, arrive: Millis): Claim {
  const setl_id = plant.id('S', part.setl_time)
  const record = settledStay(plan, {
    ...part, setl_id, crossYear: wish.crossYear ?? false, serial: plant.random.below(10_000), bare: wish.bare ?? false
  })
  if (!part.mid) wish.change?.(record)
  plant.claims++
  plant.send(arrive, record)
  const { place } = plan
  const { setl_time, sent } = part
  return { record, place, fixmedins_code: place.fixmedins_code, setl_id, mdtrt_id: plan.mdtrt_id, setl_time, sent }
}
