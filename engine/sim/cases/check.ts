/** Compares the flags that a case ended with to the marks in its table. */
import type { FlagRow } from '../../core/flag.ts'
import type { LoadedRule } from '../../core/rulebook.ts'
import { MONEY_DECIMALS, scaled } from '../../core/money.ts'
import { formatTime, parseMoment } from '../../core/time.ts'
import type { Sending } from './build.ts'
import { cell } from './record.ts'

const SEVERITIES: Readonly<Record<string, number>> = { 高: 1, S1: 1, 中: 2, S2: 2, 低: 3, S3: 3 }

interface Mark { readonly severity: number, readonly sending: Sending }

/** @returns what is wrong, in sentences; empty when the flags are exactly those marked. */
export function compareFlags (sendings: readonly Sending[], flags: readonly FlagRow[], rule: LoadedRule): string[] {
  const open = flags.filter(flag => flag.status === 'active')
  const problems: string[] = open.flatMap(flag => wellFormed(flag, rule))
  for (const mark of sendings.flatMap(marksOf)) {
    const about = `row "${cell(mark.sending.row, 'claim')}"`
    const i = open.findIndex(flag => flag.severity === mark.severity && isMainItem(flag, mark.sending))
    if (i < 0) {
      const seen = open.filter(flag => isMainItem(flag, mark.sending)).map(flag => `S${flag.severity}`)
      problems.push(`${about}: expected S${mark.severity}, but flagged ${seen.length === 0 ? 'nothing' : seen.join(', ')}`)
    } else {
      problems.push(...compareValues(mark.sending, open[i]!).map(problem => `${about}: ${problem}`))
      open.splice(i, 1)
    }
  }
  for (const flag of open) problems.push(`not expected: S${flag.severity} on ${flag.anchor.join('/')} (${flag.sentence_zh})`)
  return problems
}

function marksOf (sending: Sending): Mark[] {
  return cell(sending.row, 'flag').split(/\s+/).filter(text => text !== '').map(text => {
    const severity = SEVERITIES[text]
    if (severity === undefined) throw new Error(`flag: "${text}" is not 高, 中, 低 or S1–S3`)
    return { severity, sending }
  })
}

function isMainItem (flag: FlagRow, { fixmedins_code, setl_id, mdtrt_id }: Sending): boolean {
  return flag.items.some(item => item.role === 'main' && item.fixmedins_code === fixmedins_code &&
    (item.setl_id === '' ? item.mdtrt_id === mdtrt_id : item.setl_id === setl_id || item.mdtrt_id === mdtrt_id))
}

/**
 * `values`: name=value pairs; `supports` and `weakens`: all facts cited, in any order, `-` for none;
 * `involved`: how many claims; `at`: the moment that dates the flag.
 */
function compareValues ({ row }: Sending, flag: FlagRow): string[] {
  const problems: string[] = []
  for (const [, name = '', text = ''] of cell(row, 'values').matchAll(/(\w+)=(.*?)(?=\s+\w+=|$)/g)) {
    const actual = flag.values[name]
    const expected = typeof actual === 'number' ? numberOf(text) : text
    if (actual !== expected) problems.push(`${name} is ${actual}, expected ${text} (${expected})`)
  }
  for (const side of ['supports', 'weakens'] as const) {
    const expected = cell(row, side)
    const ids = expected === '-' ? [] : expected.split(/\s+/)
    if (expected !== '' && ids.sort().join(' ') !== [...flag[side]].sort().join(' ')) {
      problems.push(`${side} ${flag[side].join(' ')}, expected ${expected}`)
    }
  }
  const at = cell(row, 'at')
  if (at !== '' && numberOf(at) !== flag.service_time) problems.push(`dated ${formatTime(flag.service_time)}, expected ${at}`)
  const involved = flag.items.filter(item => item.role === 'involved').length
  const expected = cell(row, 'involved')
  if (expected !== '' && Number(expected) !== involved) problems.push(`involved ${involved}, expected ${expected}`)
  return problems
}

function numberOf (text: string): number | null {
  if (text.endsWith('元')) return scaled(text.slice(0, -1), MONEY_DECIMALS)
  return parseMoment(text)?.at ?? Number(text)
}

function wellFormed (flag: FlagRow, rule: LoadedRule): string[] {
  const problems: string[] = []
  if (flag.severity < rule.severity) problems.push(`S${flag.severity} is graver than definition.md allows (S${rule.severity})`)
  for (const fact of [...flag.supports, ...flag.weakens]) {
    if (!rule.facts.has(fact)) problems.push(`cites the fact "${fact}", which definition.md does not have`)
  }
  for (const sentence of [flag.sentence_zh, flag.sentence_en, flag.cleared_zh, flag.cleared_en]) {
    if (sentence === '' || /undefined|NaN|违规|欺诈/.test(sentence)) problems.push(`says "${sentence}"`)
  }
  return problems
}

/** What a case ended with, short: for comparing two runs of it. */
export function outcomeOf (flags: readonly FlagRow[]): string {
  return flags.filter(flag => flag.status === 'active')
    .map(flag => `S${flag.severity} ${flag.flag_id} ${JSON.stringify(flag.values)} ${flag.medfee_sumamt}`).sort().join('\n')
}

/** Which anchors are flagged and how gravely: what moving a threshold has to change. */
export function severitiesOf (flags: readonly FlagRow[]): string {
  return flags.filter(flag => flag.status === 'active').map(flag => `S${flag.severity} ${flag.anchor.join('/')}`).sort().join('\n')
}
