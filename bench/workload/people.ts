/** Made-up people. A person follows from the seed and an index alone, so that none has to be remembered. */
import { startOfDay } from '../../engine/core/time.ts'
import type { Millis } from '../../engine/core/time.ts'
import { mix, Random } from './prng.ts'
import { dateText } from './stamp.ts'

export interface Person {
  readonly psn_no: string
  readonly psn_name: string
  readonly psn_cert_type: string
  readonly certno: string
  readonly gend: string
  /** "yyyy-MM-dd", '' when not sent. */
  readonly brdy: string
  readonly age: number
  readonly insutype: string
  readonly psn_type: string
  /** Pooling area of the insurance. */
  readonly area: string
  /** Index into the city's districts. */
  readonly home: number
}

/** What a scenario asks of a person; the rest is drawn. */
export interface PersonWish {
  readonly gend?: '1' | '2'
  readonly age?: number
  /** Overrides `age`. */
  readonly brdy?: string
  readonly area?: string
  readonly insutype?: string
  readonly psn_type?: string
  readonly home?: number
}

const SURNAMES = ['张', '王', '李', '赵', '陈', '刘', '杨', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭', '马', '罗']
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const YEAR = 365.2425 * 86_400_000

/** A well-formed 18-digit number (GB 11643: ISO 7064 MOD 11-2 check character). The area part belongs to nobody's real register. */
export function certificate (area: string, brdy: string, gend: string, serial: number): string {
  const order = serial % 500 * 2 + (gend === '1' ? 1 : 0)
  const body = area + brdy.replaceAll('-', '') + String(order).padStart(3, '0')
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(body[i]) * WEIGHTS[i]!
  return body + '10X98765432'[sum % 11]!
}

/** The 15-digit form of before 1999: two digits of the year, no check character. For birth years 19yy. */
export function oldCertificate (certno: string): string {
  return certno.slice(0, 6) + certno.slice(8, 17)
}

/**
 * @param index identifies the person; planted people have indices of their own
 * @param asOf ages are as of this moment
 * @param areas pooling area of each district, by home
 */
export function buildPerson (seed: number, index: number, asOf: Millis, areas: readonly string[], wish: PersonWish = {}): Person {
  const random = new Random(mix(seed, 0x9e0, index))
  const gend = wish.gend ?? (random.chance(48) ? '1' : '2')
  const years = wish.age ?? drawAge(random)
  const drawn = dateText(startOfDay(Math.floor((asOf - years * YEAR) / 86_400_000) - random.between(2, 360)))
  const brdy = wish.brdy ?? (drawn.endsWith('02-29') ? drawn.replace('02-29', '02-28') : drawn)
  const age = wish.brdy === undefined ? years : Math.max(0, Math.floor((asOf - Date.parse(`${brdy}T00:00:00+08:00`)) / YEAR))
  const home = wish.home ?? random.below(areas.length)
  const employed = age >= 18 && random.chance(40)
  const area = wish.area ?? areas[home]!
  const resident = age < 1 ? '1405' : age < 7 ? '1402' : age < 18 ? '1403' : age < 60 ? '15' : '16'
  return {
    psn_no: `${areas[home]!}${String(index).padStart(10, '0')}${String(mix(seed, index) % 100).padStart(2, '0')}`,
    psn_name: `${random.pick(SURNAMES)}某`,
    psn_cert_type: '01',
    certno: certificate(areas[home]!, brdy, gend, mix(index, 7)),
    gend, brdy, age,
    insutype: wish.insutype ?? (employed ? '310' : '390'),
    psn_type: wish.psn_type ?? (employed ? (age >= 60 ? '12' : '11') : resident),
    area, home
  }
}

function drawAge (random: Random): number {
  const share = random.below(100)
  if (share < 6) return random.between(1, 6)
  if (share < 16) return random.between(7, 16)
  if (share < 58) return random.between(20, 58)
  return random.between(60, 88)
}
