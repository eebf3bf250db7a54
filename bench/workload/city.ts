/** A made-up city on a real map: area codes of GB/T 2260 and rough positions of its districts, its neighbours and two far cities. */
import { deviceNumber } from './devices.ts'
import { mix, Random } from './prng.ts'

/** Departments by 诊疗科目 number, as institutions here code them. */
export const DEPARTMENTS: Readonly<Record<string, string>> = {
  A03: '内科', A04: '外科', A05: '妇产科', A07: '儿科', A15: '精神科', A19: '肿瘤科', A20: '急诊科', A21: '康复医学科', A50: '中医科'
}

export interface Place {
  readonly fixmedins_code: string
  readonly name: string
  /** 1 medical institution, 2 pharmacy. */
  readonly kind: '1' | '2'
  readonly hosp_lv: string
  readonly admdvs: string
  readonly beds: number
  readonly lng: number | null
  readonly lat: number | null
  readonly departments: readonly string[]
  readonly doctors: readonly string[]
  readonly operators: readonly string[]
  readonly devices: readonly string[]
  /** This sender writes amounts as JSON numbers. */
  readonly numeric: boolean
  /** How this sender writes what it does not know. */
  readonly empty: 'null' | 'blank' | 'omit' | 'zero'
}

export interface District {
  readonly admdvs: string
  readonly lng: number
  readonly lat: number
  /** Places with beds. */
  readonly hospitals: readonly Place[]
  /** Places without beds. */
  readonly clinics: readonly Place[]
  readonly pharmacies: readonly Place[]
}

export interface City {
  readonly area: string
  readonly districts: readonly District[]
  /**
   * Places that only some scenarios and 异地 visits use; the two named by 50 km are that far from `centre`; the state of the
   * three after them changes on the world's `stateTurn`; `branch` belongs to `store`.
   */
  readonly away: Readonly<Record<'hefei' | 'anqing' | 'shanghai' | 'centre' | 'beyond50km' | 'within50km' | 'unlocated' | 'closing' | 'withdrawn' | 'reopened' | 'store' | 'branch', Place>>
  /** Pooling areas that visitors come from. */
  readonly neighbours: readonly string[]
}

const DISTRICTS: ReadonlyArray<readonly [string, string, number, number]> = [
  ['341702', '贵池', 117.49, 30.66], ['341721', '东至', 117.03, 30.10], ['341722', '石台', 117.49, 30.21], ['341723', '青阳', 117.85, 30.64]
]
const FULL = Object.keys(DEPARTMENTS)
const SMALL = ['A03', 'A04', 'A20', 'A50']
/** Kilometres of one degree of latitude on the sphere of radius 6371.0088 km. */
const KM_PER_DEGREE = 111.19508

class Registry {
  private readonly serials = new Map<string, number>()
  private readonly random: Random
  constructor (seed: number) {
    this.random = new Random(mix(seed, 0xc17))
  }

  place (kind: '1' | '2', admdvs: string, name: string, hosp_lv: string, beds: number, lng: number | null, lat: number | null): Place {
    const letter = kind === '1' ? 'H' : 'P'
    const serial = (this.serials.get(letter + admdvs) ?? 0) + 1
    this.serials.set(letter + admdvs, serial)
    const departments = kind === '2' ? [] : beds >= 100 ? FULL : SMALL
    const staff = kind === '2' ? 2 : beds >= 100 ? 40 : 8
    const r = this.random
    const fixmedins_code = `${letter}${admdvs}${String(serial).padStart(5, '0')}`
    return {
      fixmedins_code, name, kind, hosp_lv, admdvs, beds, lng, lat, departments,
      doctors: Array.from({ length: staff }, (_, i) => `D${admdvs}${String(serial * 100 + i).padStart(6, '0')}`),
      operators: Array.from({ length: Math.max(2, staff >> 2) }, (_, i) => `op${i + 1}`),
      devices: Array.from({ length: Math.max(1, staff >> 3) }, (_, i) => deviceNumber(fixmedins_code, i)),
      numeric: r.chance(30),
      empty: r.pick(['null', 'blank', 'omit', 'zero'] as const)
    }
  }

  /** Up to 8 km from the centre each way, so that two places of a district are never 50 km apart. */
  near (degrees: number): number {
    return Math.round((degrees + (this.random.below(1601) - 800) / 10000) * 10000) / 10000
  }
}

/**
 * Builds the city. `scale` multiplies the small places and pharmacies of each district; of the large ones and those elsewhere,
 * which stay as many, the beds.
 */
export function buildCity (seed: number, scale: number): City {
  const registry = new Registry(seed)
  const districts = DISTRICTS.map(([admdvs, name, lng, lat], at): District => {
    const near = (kind: '1' | '2', title: string, level: string, beds: number): Place =>
      registry.place(kind, admdvs, `${name}${title}`, level, beds, registry.near(lng), registry.near(lat))
    const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1))
    return {
      admdvs, lng, lat,
      hospitals: [
        ...(at === 0 ? [near('1', '市人民医院', '02', 900 * scale)] : []),
        near('1', '区（县）人民医院', '05', 400 * scale), near('1', '中医医院', '06', 200 * scale),
        ...times(3 * scale, i => near('1', `第${i}乡镇卫生院`, '08', 60))
      ],
      clinics: times(4 * scale, i => near('1', `第${i}社区卫生服务站`, '11', 0)),
      pharmacies: times(6 * scale, i => near('2', `大药房第${i}店`, '11', 0))
    }
  })
  const [home] = districts
  return {
    area: '341700',
    districts,
    away: {
      hefei: registry.place('1', '340100', '省立医院', '02', 2000 * scale, 117.23, 31.82),
      anqing: registry.place('1', '340800', '安庆市立医院', '02', 1200 * scale, 117.06, 30.54),
      shanghai: registry.place('1', '310101', '上海某医院', '02', 1800 * scale, 121.47, 31.23),
      centre: registry.place('1', '341702', '池州城中医院', '05', 300 * scale, home!.lng, home!.lat),
      beyond50km: registry.place('1', '340700', '铜陵东部医院', '05', 300 * scale, home!.lng, home!.lat + 50.2 / KM_PER_DEGREE),
      within50km: registry.place('1', '340700', '铜陵西部医院', '05', 300 * scale, home!.lng, home!.lat + 49.8 / KM_PER_DEGREE),
      unlocated: registry.place('1', '341702', '流动体检车', '11', 0, null, null),
      closing: registry.place('1', '341702', '池州江南医院', '05', 150 * scale, home!.lng, home!.lat),
      withdrawn: registry.place('2', '341702', '秋浦大药房', '11', 0, home!.lng, home!.lat),
      reopened: registry.place('1', '341702', '池州杏花医院', '05', 150 * scale, home!.lng, home!.lat),
      store: registry.place('2', '341702', '平天湖大药房总店', '11', 0, home!.lng, home!.lat),
      branch: registry.place('2', '341702', '平天湖大药房分店', '11', 0, home!.lng, home!.lat)
    },
    neighbours: ['340800', '340700', '340100', '341000', '320100', '360200']
  }
}

/** A hospital of few beds by itself, that of one planting; no district numbers its places so. */
export function hospitalApart (number: number, beds: number): Place {
  const digits = String(number).padStart(6, '0')
  const fixmedins_code = `H34179${digits}`
  return {
    fixmedins_code, name: `${number}号专科医院`, kind: '1', hosp_lv: '08', admdvs: '341702', beds, lng: 117.49, lat: 30.66,
    departments: SMALL, doctors: [1, 2, 3, 4].map(i => `D34179${digits}${i}`), operators: ['op1', 'op2'],
    devices: [deviceNumber(fixmedins_code, 0)], numeric: false, empty: 'null'
  }
}

/** A pharmacy by itself, that of one planting. */
export function pharmacyApart (number: number): Place {
  const digits = String(number).padStart(6, '0')
  const fixmedins_code = `P34179${digits}`
  return {
    fixmedins_code, name: `${number}号药店`, kind: '2', hosp_lv: '11', admdvs: '341702', beds: 0, lng: 117.49, lat: 30.66,
    departments: [], doctors: [1, 2].map(i => `D34179${digits}P${i}`), operators: ['op1', 'op2'],
    devices: [deviceNumber(fixmedins_code, 0)],
    numeric: number % 3 === 0, empty: 'blank'
  }
}

/** Great-circle distance in km (haversine, mean radius 6371.0088 km); both places must be located. */
export function kilometres (a: Place, b: Place): number {
  const rad = Math.PI / 180
  const dLat = (b.lat! - a.lat!) * rad
  const dLng = (b.lng! - a.lng!) * rad
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat! * rad) * Math.cos(b.lat! * rad) * Math.sin(dLng / 2) ** 2
  return 2 * 6371.0088 * Math.asin(Math.sqrt(h))
}
