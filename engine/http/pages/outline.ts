/** A sentence of a definition without a finding: names of the values in their places, and the newest default numbers. */
import { yuan } from '../../core/money.ts'
import type { Bilingual } from '../../core/rulebook.ts'
import type { RuleFolder } from '../../core/rulebook/folders.ts'

/** Places as engine/core/rulebook/template.ts has them: value or threshold, moved by a number, in a form or as one of two words. */
const PLACE = /\{(limit\.)?([a-z][a-z0-9_]*)([+-]\d+)?(?::([a-z]+)(?:\|([a-z]+))?)?\}/g

/** @param labels what the values are called; a value without a label stands under its own name */
export function outline (
  text: string, language: 'zh' | 'en', labels: ReadonlyMap<string, Bilingual>, thresholds: RuleFolder['thresholds']
): string {
  return text.replace(PLACE, (_, ...place: Array<string | undefined>) => {
    const [limit, name = '', shift, form, many] = place
    if (limit === undefined) return many ?? `〔${labels.get(name)?.[language] ?? name}〕`
    const newest = thresholds.find(each => each.name === name)?.values.at(-1)?.value
    if (newest === undefined) return `〔${name}〕`
    const value = newest + Number(shift ?? 0)
    if (many !== undefined) return value === 1 ? form ?? '' : many
    return form === 'yuan' ? yuan(value) : String(value)
  })
}
