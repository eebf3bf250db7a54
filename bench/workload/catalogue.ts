/**
 * The made-up catalogue: national code formats, everyday names, prices that are whole 分. No row is a real product; two services
 * carry their national codes, because a knowledge list names them.
 */
import { mix, Random } from './prng.ts'

export interface Item {
  readonly med_list_codg: string
  readonly medins_list_codg: string
  readonly name: string
  readonly list_type: string
  readonly med_chrgitm_type: string
  readonly chrgitm_lv: string
  /** Price × 10^6 yuan. */
  readonly pric: number
  readonly gend_limit: '' | '1' | '2'
  readonly age_min: number | null
  readonly age_max: number | null
  readonly pack_units: number
  readonly daily_dose_units: number
  readonly trace: boolean
  /** Its number in the catalogue. */
  readonly serial: number
}

/** Items that stays and scenarios ask for by what they are. */
export interface NamedItems {
  readonly bed: Item
  readonly consultation: Item
  readonly nursing: Item
  readonly treatment: Item
  readonly examination: Item
  readonly laboratory: Item
  readonly registration: Item
  readonly dialysis: Item
  readonly womenOnly: Item
  readonly womenOnlyDrug: Item
  readonly menOnly: Item
  readonly menOnlyDrug: Item
  /** Limited to women until `formerUntil` of the world, to nobody since. */
  readonly formerlyWomenOnly: Item
  readonly childrenOnly: Item
  readonly adultsOnly: Item
  readonly infantsOnly: Item
  /** Contains the consultation: the two are not charged on one day (rules/knowledge/exclusive-items.yaml). */
  readonly emergencyCare: Item
  readonly emergencyConsultation: Item
}

export interface Catalogue {
  readonly named: NamedItems
  /** Nobody is limited by any of these; `packed` are the drugs that come in boxes. */
  readonly packed: readonly Item[]
  readonly drugs: readonly Item[]
  readonly labs: readonly Item[]
  readonly exams: readonly Item[]
  readonly treatments: readonly Item[]
  readonly consumables: readonly Item[]
  /** Everything, `named` included. */
  readonly all: readonly Item[]
}

const WESTERN: ReadonlyArray<readonly [string, string]> = [
  ['C08CA', '氨氯地平片'], ['C09AA', '依那普利片'], ['C09CA', '缬沙坦胶囊'], ['C07AB', '美托洛尔缓释片'], ['C10AA', '阿托伐他汀钙片'],
  ['B01AC', '阿司匹林肠溶片'], ['A10BA', '二甲双胍缓释片'], ['A10BH', '西格列汀片'], ['A10AE', '甘精胰岛素注射液'], ['A02BC', '奥美拉唑肠溶胶囊'],
  ['J01CR', '阿莫西林克拉维酸钾片'], ['J01DC', '头孢呋辛酯片'], ['J01MA', '左氧氟沙星片'], ['R05CB', '氨溴索口服液'], ['R03DC', '孟鲁司特钠片'],
  ['R03AK', '布地奈德福莫特罗吸入剂'], ['N02BE', '对乙酰氨基酚片'], ['M01AE', '布洛芬缓释胶囊'], ['N05BA', '阿普唑仑片'], ['N06AB', '舍曲林片'],
  ['B05BB', '氯化钠注射液'], ['B05BA', '葡萄糖注射液'], ['C03CA', '呋塞米片'], ['C03DA', '螺内酯片'], ['H02AB', '泼尼松片'],
  ['N03AG', '丙戊酸钠缓释片'], ['B01AF', '利伐沙班片'], ['A07FA', '双歧杆菌三联活菌胶囊'], ['R06AE', '西替利嗪片'], ['M05BA', '阿仑膦酸钠片']
]
const PATENT = ['复方丹参滴丸', '连花清瘟胶囊', '藿香正气口服液', '板蓝根颗粒', '六味地黄丸', '银杏叶片', '血塞通软胶囊', '蒲地蓝消炎口服液', '稳心颗粒', '通心络胶囊']
const PIECES = ['黄芪', '当归', '茯苓', '白术', '甘草', '陈皮', '丹参', '川芎', '党参', '枸杞子']
const LABS = ['血常规', '尿常规', '肝功能', '肾功能', '血脂四项', '空腹血糖', '糖化血红蛋白', '电解质', '凝血四项', 'C反应蛋白', '甲状腺功能', '心肌酶谱']
const EXAMS = ['心电图', '胸部CT平扫', '腹部彩超', '头颅MRI', '胸部DR', '心脏彩超', '颈动脉彩超', '胃镜', '肺功能', '骨密度']
const TREATMENTS = ['静脉输液', '肌肉注射', '雾化吸入', '针灸', '推拿', '换药', '吸氧', '红外线治疗', '中药熏洗', '康复训练', '导尿', '灌肠']
const CONSUMABLES = ['一次性输液器', '留置针', '注射器', '医用敷料', '导尿包', '吸氧管', '采血针', '透析管路', '缝合线', '绷带']

/** Builds the catalogue: a few hundred items. */
export function buildCatalogue (seed: number): Catalogue {
  const random = new Random(mix(seed, 0xca7))
  const all: Item[] = []
  let serial = 0
  const add = (code: string, name: string, list_type: string, charge: string, fen: number, more: Partial<Item> = {}): Item => {
    serial++
    const item: Item = {
      med_list_codg: code, medins_list_codg: `Y${String(serial).padStart(4, '0')}`, name, list_type, med_chrgitm_type: charge,
      chrgitm_lv: random.chance(60) ? '01' : random.chance(85) ? '02' : '03', pric: fen * 10000, gend_limit: '',
      age_min: null, age_max: null,
      pack_units: list_type === '101' ? random.pick([7, 14, 20, 24, 28, 30]) : 1, daily_dose_units: random.between(1, 3),
      trace: list_type === '101', serial, ...more
    }
    all.push(item)
    return item
  }
  const digits = (n: number): string => String(serial + 1).padStart(n, '0')
  const western = (atc: string, name: string, fen: number, more?: Partial<Item>): Item =>
    add(`X${atc}A${digits(3)}A0010101${String(2000 + serial).padStart(5, '0')}`, name, '101', '09', fen, more)
  const service = (charge: string, name: string, fen: number, more?: Partial<Item>): Item =>
    add(`00${String(2100 + Number(charge) * 10)}0${digits(4)}0000`, name, '201', charge, fen, more)
  const named = namedItems(service, western)
  const drugs = WESTERN.flatMap(([atc, name]) => [1, 2, 3, 4].map(n => western(atc, `${name}（规格${n}）`, random.between(480, 6800))))
  for (const name of PATENT) {
    for (const n of [1, 2]) {
      const code = `ZA04AAA${digits(4)}0101001${digits(3).slice(-2)}`
      drugs.push(add(code, `${name}（规格${n}）`, '101', '11', random.between(900, 4800)))
    }
  }
  for (const name of PIECES) drugs.push(add(`T${digits(9)}`, name, '102', '10', random.between(8, 60)))
  const labs = LABS.flatMap(name => ['', '（急诊）'].map(extra => service('04', name + extra, random.between(800, 6000))))
  const exams = EXAMS.flatMap(name => ['', '（加收）'].map(extra => service('03', name + extra, random.between(2000, 22000))))
  const treatments = TREATMENTS.flatMap(name => ['', '（特需）'].map(extra => service('05', name + extra, random.between(600, 5000))))
  const consumables = CONSUMABLES.flatMap(name => [1, 2].map(n =>
    add(`C140201001000010${digits(4)}${digits(7)}`, `${name}${n}型`, '301', '08', random.between(150, 3000))))
  return { named, packed: drugs.filter(each => each.list_type === '101'), drugs, labs, exams, treatments, consumables, all }
}

type Maker = (a: string, b: string, fen: number, more?: Partial<Item>) => Item

function namedItems (service: Maker, western: Maker): NamedItems {
  const paid = { chrgitm_lv: '01' }
  return {
    bed: service('01', '普通病房床位费', 3000, paid),
    consultation: service('02', '住院诊查费', 800, paid),
    nursing: service('07', '二级护理', 1200, paid),
    treatment: service('05', '综合治疗', 10000, paid),
    examination: service('03', '超声检查', 6000, paid),
    laboratory: service('04', '生化全套', 2500, paid),
    registration: service('13', '挂号费', 100, paid),
    dialysis: service('05', '血液透析', 40000, paid),
    womenOnly: service('03', '妇科经阴道超声', 9000, { ...paid, gend_limit: '2' }),
    womenOnlyDrug: western('G03DA', '黄体酮胶囊', 3600, { ...paid, gend_limit: '2' }),
    menOnly: service('05', '前列腺按摩', 4000, { ...paid, gend_limit: '1' }),
    menOnlyDrug: western('G04CB', '非那雄胺片', 4200, { ...paid, gend_limit: '1' }),
    formerlyWomenOnly: service('03', '骨盆测量', 2600, { ...paid, gend_limit: '2' }),
    childrenOnly: western('R05DB', '小儿止咳口服液', 2200, { ...paid, age_max: 14 }),
    adultsOnly: western('N05CF', '唑吡坦片', 2900, { ...paid, age_min: 18 }),
    infantsOnly: service('05', '新生儿抚触', 1500, { ...paid, age_min: 0, age_max: 0 }),
    emergencyCare: service('05', '急诊监护费', 12000, { ...paid, med_list_codg: '001103000010000' }),
    emergencyConsultation: service('02', '急诊诊查费', 1500, { ...paid, med_list_codg: '001102000030000' })
  }
}
