/** A flag's numbers in words: what each threshold and computed value means, and how it is written for people. */
import type { FlagRow, Value } from '../core/flag.ts'
import type { Bilingual, LoadedRule, ParameterValue, ValueLabel } from '../core/rulebook.ts'
import { formatDate, formatTime } from '../core/time.ts'
import { money, moneyInEnglish, plural, UNITS } from './words.ts'

/** A threshold as it held for the judgement. `shown` has the number with its unit. */
export interface ExplainedThreshold {
  /** Name in thresholds.yaml. */
  readonly name: string
  readonly value: number
  readonly says: Bilingual
  readonly shown: Bilingual
  /** As in thresholds.yaml; '' when the rulebook no longer has the threshold. */
  readonly unit: string
  /** '' when the rulebook no longer has this number, so that its source is not known. */
  readonly basis: ParameterValue['basis'] | ''
  readonly source: string
  readonly link: string
  readonly why: string
}

/** A computed value of the finding. */
export interface ExplainedValue {
  readonly name: string
  readonly value: Value
  readonly label: Bilingual
  readonly shown: Bilingual
}

/** @param rule the flag's rule as loaded now; a flag may be older than the rulebook, then names stand for what is not known. */
export function explainThresholds (
  { thresholds, service_time, area }: Pick<FlagRow, 'thresholds' | 'service_time' | 'area'>, rule: Pick<LoadedRule, 'parameters'> | undefined
): ExplainedThreshold[] {
  return inOrder(thresholds, rule?.parameters).map(([name, value]) => {
    const parameter = rule?.parameters.get(name)
    const stated = parameter?.basisOn(service_time, area)
    // The number may have changed since the flag was judged: the source of another number must not stand beside it.
    const known = stated?.value === value ? stated : undefined
    return {
      name,
      value,
      says: parameter?.says ?? { zh: name, en: name },
      shown: withUnit(value, parameter?.unit ?? ''),
      unit: parameter?.unit ?? '',
      basis: known?.basis ?? '',
      source: known?.source ?? '',
      link: known?.link ?? '',
      why: known?.why ?? ''
    }
  })
}

/** See `explainThresholds`. */
export function explainValues ({ values }: Pick<FlagRow, 'values'>, rule: Pick<LoadedRule, 'value_labels'> | undefined): ExplainedValue[] {
  return inOrder(values, rule?.value_labels).map(([name, value]) => {
    const label = rule?.value_labels.get(name)
    return { name, value, label: { zh: label?.zh ?? name, en: label?.en ?? name }, shown: spoken(value, label) }
  })
}

/** The definition's author chose an order that reads well; the store sorts by name. What the author does not name comes last. */
function inOrder<T extends Value> (given: Readonly<Record<string, T>>, known: ReadonlyMap<string, unknown> = new Map()): Array<[string, T]> {
  const order = [...known.keys()]
  const place = (name: string): number => order.includes(name) ? order.indexOf(name) : order.length
  return Object.entries(given).sort(([a], [b]) => place(a) - place(b))
}

/** A threshold's number as people write it. */
export function withUnit (value: number, unit: string): Bilingual {
  if (unit === 'fen') return { zh: money(value), en: moneyInEnglish(value) }
  const { zh, en } = UNITS[unit] ?? { zh: '', en: unit }
  if (unit === 'flag') return value === 0 ? { zh: '否', en: 'no' } : { zh: '是', en: 'yes' }
  return { zh: `${value} ${zh}`.trim(), en: plural(value, en).trim() }
}

/** Several codes stand in one value with commas between them, as in the sentences. */
function spoken (value: Value, label: ValueLabel | undefined): Bilingual {
  if (label === undefined) return { zh: String(value), en: String(value) }
  const codes = label.words.size === 0 ? [] : String(value).split(',')
  if (codes.some(code => label.words.has(code))) {
    const say = (language: 'zh' | 'en'): string[] => codes.map(code => label.words.get(code)?.[language] ?? code)
    return { zh: say('zh').join('、'), en: say('en').join(', ') }
  }
  if (label.form === 'yuan' && typeof value === 'number') return { zh: money(value), en: moneyInEnglish(value) }
  const text = written(value, label.form)
  return { zh: text, en: text }
}

function written (value: Value, form: ValueLabel['form']): string {
  if (typeof value === 'string') return value
  switch (form) {
    case 'date': return formatDate(value)
    case 'time': return formatTime(value)
    case 'yuan': return money(value)
    case 'plain': return String(value)
  }
}
