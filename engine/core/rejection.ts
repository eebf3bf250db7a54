/** Why a record cannot become a claim. The list is closed: metrics, dead letters and documents use these ids only. */

export const REJECTION_REASONS = {
  oversized: ['记录超过大小上限', 'the record exceeds the size limit'],
  not_json: ['不是有效的 JSON', 'not valid JSON'],
  not_msgpack: ['不是有效的 MessagePack', 'not valid MessagePack'],
  not_an_object: ['记录不是对象', 'the record is not an object'],
  hostile_value: ['含有不允许的数据类型或嵌套过深', 'a value of a forbidden type, or nested too deeply'],
  unknown_kind: ['未知的 infno 或 type', 'unknown infno or type'],
  missing_field: ['缺少必填字段', 'a required field is missing'],
  bad_identifier: ['标识符过长或含非法字符', 'an identifier is too long or has characters it may not have'],
  bad_time: ['时间格式或日历无效', 'a time that is not of the interface’s form or not in the calendar'],
  impossible_dates: ['日期先后矛盾', 'dates that contradict one another'],
  bad_number: ['数值格式无效或超出范围', 'a number that is not a decimal of the field’s type'],
  money_identity: ['金额恒等式不成立', 'amounts that do not add up'],
  unknown_code: ['代码不在该地区的代码表中', 'a code that the region’s code table does not have'],
  too_many_lines: ['明细行数超过上限', 'more fee lines than allowed'],
  bad_row: ['表格行无法读取或自相矛盾', 'rows of a table that cannot be read or contradict one another'],
  judging_failed: ['研判该记录时出错，已隔离', 'judging this record failed; it is quarantined']
} as const

export type RejectionReason = keyof typeof REJECTION_REASONS

/** A record refused: the reason, the field it is about ('' for the record as a whole) and what was seen, masked. */
export interface Rejection { readonly reason: RejectionReason, readonly field: string, readonly seen: string }
