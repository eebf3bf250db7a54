/** Peer medians of a day in hospital: the made-up level that background stays keep to and that planted cheap stays fall below. */
import type { Fen } from '../../engine/core/money.ts'

/** Diagnoses treated in each department: code, name. Groups are the first three characters. */
export const DIAGNOSES: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = {
  A03: [['I10.x00', '高血压'], ['E11.900', '2型糖尿病'], ['J18.900', '肺炎'], ['I63.900', '脑梗死'], ['I25.103', '冠心病'], ['J44.900', '慢性阻塞性肺疾病']],
  A04: [['K35.800', '急性阑尾炎'], ['K80.200', '胆囊结石'], ['S52.500', '桡骨下端骨折'], ['N20.000', '肾结石']],
  A05: [['O80.000', '单胎顺产'], ['N76.000', '急性阴道炎'], ['D25.900', '子宫平滑肌瘤']],
  A07: [['J20.900', '急性支气管炎'], ['A09.900', '胃肠炎'], ['J06.900', '急性上呼吸道感染']],
  A15: [['F20.900', '精神分裂症'], ['F32.900', '抑郁发作']],
  A19: [['Z51.103', '恶性肿瘤维持性化学治疗'], ['C34.900', '肺恶性肿瘤']],
  A20: [['R10.400', '腹痛'], ['T14.100', '开放性伤口']],
  A21: [['Z50.900', '康复医疗'], ['M51.202', '腰椎间盘突出']],
  A50: [['M54.500', '腰痛'], ['G47.000', '失眠症']]
}
/** A disease for which no median is published, and one whose sample is too small to judge by. Both in A03. */
export const NO_PEER = ['R50.900', '发热'] as const
export const SMALL_SAMPLE = ['R51.x00', '头痛'] as const

const LEVEL: Readonly<Record<string, Fen>> = { '02': 140_000, '05': 82_000, '06': 70_000, '08': 48_000, 11: 35_000 }
const GROUP: Readonly<Record<string, number>> = {
  I63: 130, K35: 150, K80: 170, S52: 160, O80: 110, D25: 140, F20: 60, F32: 60, Z51: 150, C34: 160, Z50: 70, M54: 70, G47: 65
}

export interface PeerRow {
  readonly hosp_lv: string
  readonly dept_codg: string
  readonly diag_group: string
  readonly day_cost: Fen
  readonly sample: number
}

/** Published median of a day in 分, also the cost to aim for where none is published. */
export function medianDayCost (hosp_lv: string, diag_code: string): Fen {
  return Math.round((LEVEL[hosp_lv] ?? 60_000) * (GROUP[diag_code.slice(0, 3)] ?? 100) / 100)
}

/** Every published row. */
export function peerRows (): PeerRow[] {
  const rows: PeerRow[] = []
  for (const hosp_lv of Object.keys(LEVEL).sort()) {
    for (const [dept_codg, diagnoses] of Object.entries(DIAGNOSES)) {
      const groups = new Set(diagnoses.map(([code]) => code.slice(0, 3)))
      for (const diag_group of groups) {
        rows.push({ hosp_lv, dept_codg, diag_group, day_cost: medianDayCost(hosp_lv, diag_group), sample: 60 + rows.length % 200 })
      }
    }
    const [code] = SMALL_SAMPLE
    rows.push({ hosp_lv, dept_codg: 'A03', diag_group: code.slice(0, 3), day_cost: medianDayCost(hosp_lv, code), sample: 29 })
  }
  return rows
}
