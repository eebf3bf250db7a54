/**
 * Code tables by which a record is refused (unknown_code). Closed lists and the Hunan column:
 * 湖南省医疗保障信息平台定点医药机构接口规范 V1.3.1 (2021-08, after national XJ-K01-2020); the national base of med_type and the
 * Jiangxi column: 江西省 interface v1.0 of the same standard. Lists that regions extend freely (psn_type,
 * clr_way) are not checked.
 */

const codes = (...all: readonly string[]): ReadonlySet<string> => new Set(all)

/** 1 经办人, 2 自助终端, 3 移动终端 */
export const OPTER_TYPE = codes('1', '2', '3')
/** 0 未知, 1 男, 2 女, 9 未说明 */
export const GEND = codes('0', '1', '2', '9')
/** 01 居民身份证 … 08 外国护照, 90 社会保障卡, 99 其他 */
export const PSN_CERT_TYPE = codes('01', '02', '03', '04', '05', '06', '07', '08', '90', '99')
/** 310 职工 … 390 城乡居民 … 510 生育 */
export const INSUTYPE = codes('310', '320', '330', '340', '350', '360', '370', '380', '390', '391', '392', '399', '410', '510')
/** 01 医保电子凭证, 02 居民身份证, 03 社会保障卡 */
export const MDTRT_CERT_TYPE = codes('01', '02', '03')
/** 1 中心, 2 机构, 3 省内异地, 4 跨省, 5 互联网医院 */
export const PAY_LOC = codes('1', '2', '3', '4', '5')
/** 11 门诊, 21 住院, 41 药店, 51 暂缓, 99 其他 */
export const CLR_TYPE = codes('11', '21', '41', '51', '99')
/** 101 西药中成药, 102 饮片, 103 自制剂, 104 民族药, 201 医疗服务项目, 301 医用耗材 */
export const LIST_TYPE = codes('101', '102', '103', '104', '201', '301')
/** 01 床位, 02 诊察, 03 检查, 04 化验, 05 治疗, 06 手术, 07 护理, 08 卫生材料, 09 西药, 10 中药饮片, 11 中成药, 12 一般诊疗, 13 挂号, 14 其他 */
export const MED_CHRGITM_TYPE = codes('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14')
/** 01 甲, 02 乙, 03 丙 */
export const CHRGITM_LV = codes('01', '02', '03')
/** 1 急诊, 2 门诊, 3 其他机构转入, 9 其他 */
export const ADM_WAY = codes('1', '2', '3', '9')
/** 1 医嘱离院, 2 转院, 3 转社区, 4 非医嘱, 5 死亡, 9 其他 */
export const DSCG_WAY = codes('1', '2', '3', '4', '5', '9')
/** 1 住院, 2 日间手术 */
export const IPT_MED_TYPE = codes('1', '2')
/** 1 西医, 2 中医主病, 3 中医主证 */
export const DIAG_TYPE = codes('1', '2', '3')
/** 101 调拨入, 102 调拨出, 103 盘盈, 104 盘损, 105 销毁, 106 其他入, 107 其他出 */
export const INV_CHG_TYPE = codes('101', '102', '103', '104', '105', '106', '107')
/** 1 盘存, 2 变更, 3 采购, 4 销售 */
export const INV_DATA_TYPE = codes('1', '2', '3', '4')
/** 1 医疗机构, 2 零售药店, 3 工伤康复, 4 辅具, 5 计生 */
export const FIXMEDINS_TYPE = codes('1', '2', '3', '4', '5')
/** 01 三级特等 … 10 一级丙等, 11 无等级 */
export const HOSP_LV = codes('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11')
/** 0 暂停, 1 正常, 2 取消定点 */
export const FIX_ONLN_OPEN_FLAG = codes('0', '1', '2')

const NATIONAL_MED_TYPE: ReadonlyMap<string, string> = new Map([
  ['11', '普通门诊'], ['12', '门诊挂号'], ['13', '急诊'], ['14', '门诊慢特病'], ['21', '普通住院'], ['22', '外伤住院'],
  ['23', '转外诊治住院'], ['24', '急诊转住院'], ['41', '定点药店购药'], ['51', '生育门诊'], ['52', '生育住院'], ['9901', '门诊两病']
])

/** What a province adds to the base or names otherwise, by the first two digits of GB/T 2260. */
const PROVINCIAL_MED_TYPE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['36', new Map([
    ['18', '特药购药'], ['26', '单病种住院'], ['28', '日间手术病房'], ['210303', '精神病住院'], ['2111', '放化疗住院'],
    ['93', '其他购药'], ['99', '地方扩展'], ['990101', '单病种门诊']
  ])],
  ['43', new Map([
    ['2101', '普通住院'], ['2102', '单病种住院'], ['2106', '居民生育住院'], ['2107', '居民生育住院'],
    ['9903', '意外伤害门诊'], ['9904', '大病特药']
  ])]
])
const NONE: ReadonlyMap<string, string> = new Map()

/**
 * The name of a med_type in an area (mdtrtarea_admvs): that of the longest prefix of two, four or six digits
 * which the area's province or the national base has, the province first. null when even its first digits are
 * unknown there.
 */
export function medTypeName (code: string, area: string): string | null {
  const province = PROVINCIAL_MED_TYPE.get(area.slice(0, 2)) ?? NONE
  for (let length = 6; length >= 2; length -= 2) {
    if (code.length < length) continue
    const prefix = code.slice(0, length)
    const name = province.get(prefix) ?? NATIONAL_MED_TYPE.get(prefix)
    if (name !== undefined) return name
  }
  return null
}
