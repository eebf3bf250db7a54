/**
 * The city's ordinary visits. People come round in turn, so that nobody has to be remembered and nobody comes often: a
 * person's turns are at least eight days apart, a turn is one visit (or one and a pharmacy round the corner), in the
 * home district or alone on its day elsewhere.
 */
import { DAY, dayOf, HOUR, MINUTE, SECOND } from '../../engine/core/time.ts'
import type { Fen } from '../../engine/core/money.ts'
import type { Millis } from '../../engine/core/time.ts'
import type { Place } from './city.ts'
import { Counters } from './devices.ts'
import { feeOf, numbered, sumOf } from './fees.ts'
import type { Fee } from './fees.ts'
import { splitFunds } from './funds.ts'
import type { Person } from './people.ts'
import { mix, Random } from './prng.ts'
import { blank, reversalRecord, settlementRecord } from './records.ts'
import type { Diagnosis } from './records.ts'
import { timeText } from './stamp.ts'
import { Tills } from './tills.ts'
import type { Timeline } from './timeline.ts'
import type { Raw } from './types.ts'
import { freshId, homeOf, personOf } from './world.ts'
import type { Ids, World } from './world.ts'

/** Index ranges of the background's people; planted people have 900,000,000 and more. */
const GENERAL = 0
const CHRONIC = 300_000_000
const MIN_TURN_DAYS = 8
const CHRONIC_TURN_DAYS = 28
const CHRONIC_PERCENT = 25

const COMPLAINTS: readonly Diagnosis[] = [
  ['J06.900', '急性上呼吸道感染'], ['J20.900', '急性支气管炎'], ['K29.700', '胃炎'], ['M54.500', '腰痛'], ['L30.900', '皮炎'], ['H10.900', '结膜炎'],
  ['R51.x00', '头痛'], ['K52.900', '胃肠炎'], ['J30.400', '变应性鼻炎'], ['M25.500', '关节痛'], ['N39.000', '泌尿道感染'], ['G47.000', '失眠症']
]
const LASTING: readonly Diagnosis[] = [
  ['I10.x00', '高血压'], ['E11.900', '2型糖尿病'], ['I25.103', '冠心病'], ['E78.500', '高脂血症'], ['I69.300', '脑梗死后遗症']
]

/** One settlement about to be planned. */
interface Turn {
  readonly person: Person
  readonly place: Place
  readonly at: Millis
  readonly infno: '2102' | '2207'
  readonly med_type: string
  readonly pay_loc: string
  readonly cert: string
  readonly diagnoses: readonly Diagnosis[]
  readonly seed: number
}

export interface Pools { readonly general: number, readonly chronic: number }

/** How many people take turns, given the most settlements of a day and the span. */
export function poolsFor (world: World, visits: number, busiest: number): Pools {
  const days = Math.max(1, Math.round((world.end - world.start) / DAY))
  const each = Math.max(1.3, Math.min(6, 15 * days / 365))
  return {
    general: Math.max(1, Math.ceil(visits * (1 - CHRONIC_PERCENT / 100) / each), Math.ceil(busiest * MIN_TURN_DAYS)),
    chronic: Math.max(1, Math.ceil(busiest * CHRONIC_PERCENT / 100 * CHRONIC_TURN_DAYS))
  }
}

export class Visits {
  private readonly world: World
  private readonly ids: Ids
  private readonly timeline: Timeline
  private readonly pools: Pools
  private general = 0
  private chronic = 0
  private readonly counters = new Counters()
  private readonly tills = new Tills()
  /** Settlements planned so far. */
  planned = 0

  constructor (world: World, ids: Ids, timeline: Timeline, pools: Pools) {
    this.world = world
    this.ids = ids
    this.timeline = timeline
    this.pools = pools
  }

  /** Plans one person's turn on the day that begins at `day`; at most `room` settlements. */
  turn (day: Millis, room: number): void {
    this.counters.passed(dayOf(day))
    this.tills.passed(dayOf(day))
    const seed = mix(this.world.seed, 0xbac, this.general, this.chronic)
    const random = new Random(seed)
    const monday = (Math.floor((day + 8 * HOUR) / DAY) + 3) % 7 === 0
    if (random.chance(CHRONIC_PERCENT)) this.chronicTurn(day, seed, random, monday)
    else this.generalTurn(day, seed, random, monday, room)
  }

  /** A check-up at the hospital after a stay there. */
  followUp (person: Person, place: Place, at: Millis, diagnoses: readonly Diagnosis[], stay: number): void {
    const seed = mix(stay, 0xf0)
    const random = new Random(seed)
    this.plan({ person, place, at, infno: '2207', med_type: '11', pay_loc: '2', cert: certOf(random), diagnoses, seed }, random)
  }

  private chronicTurn (day: Millis, seed: number, random: Random, monday: boolean): void {
    const person = this.person(CHRONIC + this.chronic++ % this.pools.chronic)
    const home = homeOf(this.world, person)
    const place = random.chance(70) ? random.pick(home.clinics) : random.pick(home.hospitals)
    this.plan({
      person, place, at: surgeryHours(day, random, monday), infno: '2207', med_type: random.chance(30) ? '9901' : '14',
      pay_loc: '2', cert: certOf(random),
      diagnoses: [random.pick(LASTING), ...random.chance(40) ? [random.pick(COMPLAINTS)] : []], seed
    }, random)
  }

  private generalTurn (day: Millis, seed: number, random: Random, monday: boolean, room: number): void {
    const person = this.person(GENERAL + this.general++ % this.pools.general)
    const home = homeOf(this.world, person)
    const kind = random.below(100)
    const sick = [random.pick(COMPLAINTS), ...random.chance(25) ? [random.pick(COMPLAINTS)] : []]
    const visit: Turn = {
      person, place: random.chance(55) ? random.pick(home.hospitals) : random.pick(home.clinics),
      at: surgeryHours(day, random, monday), infno: '2207',
      med_type: '11', pay_loc: '2', cert: certOf(random), diagnoses: sick, seed
    }
    const pharmacy: Turn = {
      ...visit, place: random.pick(home.pharmacies), infno: '2102', med_type: '41', at: shopHours(day, random), diagnoses: []
    }
    if (kind < 45) this.plan(visit, random)
    else if (kind < 74) this.plan(pharmacy, random)
    else if (kind < 81) {
      const place = random.pick(home.hospitals)
      this.plan({ ...visit, med_type: '13', place, at: day + random.below(23 * HOUR) + 20 * MINUTE }, random)
    }
    else if (kind < 85) this.plan({ ...visit, pay_loc: '5', cert: '01' }, random)
    else if (kind < 87) this.plan({ ...visit, place: this.world.city.away.hefei, pay_loc: '3' }, random)
    else if (kind < 89) this.plan({ ...visit, med_type: '1101' }, random)
    else if (room < 2) this.plan(visit, random)
    else if (kind < 92) {
      this.plan({ ...visit, med_type: '12', at: visit.at - 40 * MINUTE, seed: (seed ^ 1) >>> 0 }, random)
      this.plan(visit, random)
    } else if (kind < 97) {
      this.plan(visit, random)
      this.plan({ ...pharmacy, at: visit.at + random.between(25, 150) * MINUTE, seed: (seed ^ 1) >>> 0 }, random)
    } else this.planTakenBack(visit, random)
  }

  private person (index: number): Person {
    const guest = mix(this.world.seed, 0x90e, index)
    const { neighbours } = this.world.city
    return personOf(this.world, index, guest % 100 < 4 ? { area: neighbours[guest % neighbours.length]! } : {})
  }

  private plan (wanted: Turn, random: Random): string {
    const turn = wanted.infno === '2102' ? this.ofOrdinaryAmount(wanted) : wanted
    const setl_id = freshId(this.ids, 'S', turn.at)
    const mdtrt_id = freshId(this.ids, 'M', turn.at)
    this.planned++
    const sent = turn.at + random.between(1, 20) * SECOND + (random.chance(0.7) ? random.between(1, 9) * DAY : 0)
    const arrive = sent + random.between(0, 3) * SECOND + (random.chance(1) ? random.between(1, 120) * MINUTE : 0)
    const device = this.counters.next(turn.place, turn.at)
    const make = (at: Millis): Raw => visitRecord(this.world, turn, setl_id, mdtrt_id, at, device)
    this.timeline.add(arrive, () => make(sent))
    if (random.chance(1)) this.timeline.add(arrive + 30 * SECOND, () => make(sent + 30 * SECOND))
    return setl_id
  }

  /** Something else is bought where the day's amounts would look as if made up to one. */
  private ofOrdinaryAmount (wanted: Turn): Turn {
    let turn = wanted
    while (!this.tills.takes(turn.place, sumOf(feesOf(this.world, turn, drawOfFees(turn))))) turn = { ...turn, seed: mix(turn.seed, 0x711) }
    return turn
  }

  /** Settled, taken back the same day, and settled anew. */
  private planTakenBack (visit: Turn, random: Random): void {
    const first = this.plan(visit, random)
    const at = visit.at + random.between(3, 30) * MINUTE
    const { place, person } = visit
    this.timeline.add(at + 2 * SECOND, () => reversalRecord({ place, area: person.area, at, serial: visit.seed % 10_000 }, visit.infno, {
      setl_id: first, mdtrt_id: `M${first.slice(1)}`, psn_no: person.psn_no, refd_setl_id: `${first}R`, setl_time: timeText(at)
    }))
    this.plan({ ...visit, at: at + 2 * MINUTE, seed: (visit.seed ^ 1) >>> 0 }, random)
  }
}

function certOf (random: Random): string {
  return random.chance(55) ? '01' : random.chance(90) ? '03' : '02'
}

/** Mornings, Mondays most of all. */
function surgeryHours (day: Millis, random: Random, monday: boolean): Millis {
  const morning = random.chance(monday ? 78 : 62)
  const from = morning ? 8 * HOUR : 14 * HOUR
  const span = morning ? 3.5 * HOUR : 3.5 * HOUR
  return day + from + Math.floor(Math.max(random.below(span), 50 * MINUTE) / SECOND) * SECOND
}

function shopHours (day: Millis, random: Random): Millis {
  return day + 8 * HOUR + random.below(13 * 3600) * SECOND
}

function drawOfFees ({ seed }: Turn): Random {
  return new Random(mix(seed, 0xfee))
}

/** The record itself, made when its time comes. */
function visitRecord (world: World, turn: Turn, setl_id: string, mdtrt_id: string, sent: Millis, device: string): Raw {
  const random = drawOfFees(turn)
  const { place, person } = turn
  const pharmacy = turn.infno === '2102'
  const fees = feesOf(world, turn, random)
  numbered(fees)
  const paid = (lv: string): Fen => {
    let sum = 0
    for (const fee of fees) if (fee.item.chrgitm_lv === lv) sum += fee.fee
    return sum
  }
  const served = turn.at - 4 * MINUTE
  const record = settlementRecord({
    infno: turn.infno, place, area: person.area, at: sent, serial: turn.seed % 10_000, device, person, setl_id, mdtrt_id,
    setl_time: turn.at, begin: served, finish: turn.at,
    med_type: turn.med_type, pay_loc: turn.pay_loc, cert: turn.cert, clr_type: pharmacy ? '41' : '11',
    funds: splitFunds({
      medfee: sumOf(fees), ownpay: paid('03'), preself: Math.floor(paid('02') / 10), insutype: person.insutype,
      kind: pharmacy ? 'pharmacy' : 'visit', draw: turn.seed % 1000
    }),
    fees, diagnoses: turn.diagnoses, dept: pharmacy ? '' : random.pick(place.departments.slice(0, 2)), doctor: random.pick(place.doctors)
  })
  if (turn.seed % 7 === 0) blank(record, place, 'dev_no')
  return record
}

/** About six lines, at most some six hundred yuan. All on the day, minutes before it is paid. */
function feesOf (world: World, turn: Turn, random: Random): Fee[] {
  const { drugs, labs, exams, treatments, named } = world.catalogue
  const at = turn.at - 4 * MINUTE
  if (turn.med_type === '12') return [feeOf(named.registration, at)]
  const fees: Fee[] = []
  if (turn.infno === '2207') {
    fees.push(feeOf(named.consultation, at))
    for (let i = random.below(4); i > 0; i--) fees.push(feeOf(random.pick(labs), at + i * SECOND))
    if (random.chance(15)) fees.push(feeOf(random.pick(exams), at + 30 * SECOND))
    if (random.chance(30)) fees.push(feeOf(random.pick(treatments), at + MINUTE))
  }
  for (let i = random.between(1, turn.infno === '2102' ? 5 : 4); i > 0; i--) {
    const drug = random.pick(drugs)
    fees.push(feeOf(drug, at + 2 * MINUTE, drug.list_type === '102' ? random.between(10, 60) * 0.5 : random.chance(70) ? 1 : 2))
  }
  return fees
}
