/** Rows of `flags`, `dead_letters` and `rule_versions`: few, written by the main thread. */
import { fingerprintBytes } from '../core/fingerprint.ts'
import type { FlagRow } from '../core/flag.ts'
import type { DeadLetter } from '../core/ports.ts'
import type { Bilingual, LoadedRule } from '../core/rulebook.ts'
import { formatDate } from '../core/time.ts'
import type { RowWriter } from './row-binary.ts'

/** JSON with keys in ascending order, so that equal values are equal bytes whatever built them. */
function sortedJson (values: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(values, Object.keys(values).sort())
}

/** Appends a flag's row; of equal flag_id the greatest revision stays. */
export function encodeFlagRow (row: RowWriter, flag: FlagRow): void {
  row.text(flag.flag_id)
  row.int64(flag.revision)
  row.text(flag.status)
  row.text(flag.rule_id)
  row.int32(flag.rule_version)
  row.uint8(flag.severity)
  row.text(flag.subject_kind)
  row.text(flag.subject)
  row.texts(flag.anchor)
  row.text(flag.fixmedins_code)
  row.text(flag.area)
  row.time(flag.service_time)
  row.int64(flag.medfee_sumamt)
  row.int64(flag.fund_pay_sumamt)
  row.int64(flag.acct_pay)
  row.length32(flag.items.length)
  for (const item of flag.items) {
    row.text(item.role)
    row.text(item.fixmedins_code)
    row.text(item.setl_id)
    row.text(item.mdtrt_id)
    row.texts(item.lines)
    row.int64(item.medfee_sumamt)
    row.int64(item.fund_pay_sumamt)
    row.int64(item.acct_pay)
  }
  row.texts(flag.persons)
  row.text(sortedJson(flag.values))
  row.text(sortedJson(flag.thresholds))
  row.texts(flag.exclusions)
  row.texts(flag.supports)
  row.texts(flag.weakens)
  row.text(flag.sentence_zh)
  row.text(flag.sentence_en)
  row.text(flag.cleared_zh)
  row.text(flag.cleared_en)
  row.endRow()
}

const words = new Int32Array(4)

/** The 128-bit fingerprint of bytes as 32 hex digits: tells apart what arrived at one place. */
export function digestOf (bytes: Uint8Array): string {
  fingerprintBytes(bytes, 0, bytes.length, words)
  let hex = ''
  for (const word of words) hex += (word >>> 0).toString(16).padStart(8, '0')
  return hex
}

/** Appends a dead letter's row; the same bytes from the same place are one row however often they come. */
export function encodeDeadLetterRow (row: RowWriter, letter: DeadLetter): void {
  row.text(letter.origin.source)
  row.int32(letter.origin.partition)
  row.int64(letter.origin.offset)
  row.text(digestOf(letter.bytes))
  row.text(letter.reason)
  row.text(letter.field)
  row.text(letter.seen)
  row.text(letter.format)
  row.text(letter.fixmedins_code)
  row.time(letter.inf_time)
  row.blob(letter.bytes)
  row.endRow()
}

/** Texts by id, in the order of the folder's definition.md. */
function listed (texts: ReadonlyMap<string, Bilingual>): string {
  return JSON.stringify([...texts].map(([id, { zh, en }]) => ({ id, zh, en })))
}

/** Appends a rule's row as it stands in the rulebook. `digest` is the rulebook's. */
export function encodeRuleRow (row: RowWriter, rule: LoadedRule, digest: string): void {
  row.text(rule.id)
  row.int32(rule.version)
  row.text(rule.title.zh)
  row.text(rule.title.en)
  row.text(rule.official_id)
  row.uint8(rule.severity)
  row.uint8(rule.behaviour)
  row.textMap(rule.negative_items)
  row.text(JSON.stringify(rule.law_basis.map(({ zh, en, from }) => ({ zh, en, from: formatDate(from) }))))
  row.text(listed(rule.exclusions))
  row.text(listed(rule.facts))
  row.text(JSON.stringify(rule.to_check))
  row.text(digest)
  row.endRow()
}
