/**
 * Dated master data, which say their kind by `type`. What is common to all; the fields of each are in
 * master-fields.ts.
 */
import type { MasterData, MasterType } from '../core/claim.ts'
import { DAY } from '../core/time.ts'
import { addText, resetContent } from './content.ts'
import { leave, optionalId, optionalTime, refuseValue, touch } from './field.ts'
import { versionOf } from './header.ts'
import { MASTER_READERS } from './master-fields.ts'
import type { RecordNode } from './shapes.ts'

export const isMasterType = (type: string): type is MasterType => Object.hasOwn(MASTER_READERS, type)

/**
 * Reads a row of master data. inf_time falls back to valid_from, and a death's valid_from to its date; others
 * must say from when they hold. Throws a Refusal.
 */
export function readMaster (raw: RecordNode, type: MasterType): MasterData {
  const msgid = optionalId(raw.msgid, 'msgid')
  const sent = optionalTime(raw.inf_time, 'inf_time')
  resetContent()
  addText(type)
  touch(raw.type)
  touch(raw.infno)
  const { key, fields, from } = MASTER_READERS[type](raw)
  const valid_from = optionalTime(raw.valid_from, 'valid_from') ?? from ??
    refuseValue('missing_field', 'valid_from', raw.valid_from)
  const valid_to = optionalTime(raw.valid_to, 'valid_to')
  leave(raw, 1)
  if (valid_to !== null && valid_to < valid_from) refuseValue('impossible_dates', 'valid_to', raw.valid_to)
  const inf_time = sent ?? valid_from
  if (type === 'death' && from !== undefined && from > inf_time + DAY) refuseValue('impossible_dates', 'die_date', raw.die_date)
  const version = versionOf(inf_time, msgid)
  return { kind: 'master', type, version, key, inf_time, valid_from, valid_to, fields }
}
