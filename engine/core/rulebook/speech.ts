/** How a rule speaks to people: its sentences, what its thresholds mean and what its computed values are called. */
import type { Bilingual, LoadedRule, Parameter, ValueForm, ValueLabel } from '../rulebook.ts'
import type { Definition } from './definition.ts'
import { invalid } from './fields.ts'
import { compileTemplate, type Template } from './template.ts'
import { type Threshold, valueAt } from './thresholds.ts'

/** Forms a text may give to one value, the one that says most first. */
const FORMS: readonly ValueForm[] = ['time', 'date', 'yuan']

/** A compiled text in both languages. */
export interface Sentences {
  readonly templates: readonly Template[]
  readonly fill: LoadedRule['sentence']
}

/** Compiles `flagged` or `cleared`. Throws RULE_INVALID for a place that cannot be filled or a threshold that does not exist. */
export function sentences (
  file: string, field: 'flagged' | 'cleared', definition: Definition, limits: ReadonlySet<string>
): Sentences {
  const text: Bilingual = definition[field]
  const of = (language: 'zh' | 'en'): Template => {
    const where = `${field}.${language}`
    const template = compileTemplate(text[language], language, definition.words)
    if (typeof template === 'string') throw invalid(file, where, `has the place ${template}, which cannot be filled`)
    const unknown = template.limits.find(name => !limits.has(name))
    if (unknown !== undefined) throw invalid(file, where, `names the threshold ${unknown}, which thresholds.yaml does not have`)
    const unlabelled = template.values.find(name => !definition.values.has(name))
    if (unlabelled !== undefined) {
      throw invalid(file, `values.${unlabelled}`, `is missing: ${where} names it, and pages must call it something`)
    }
    return template
  }
  const zh = of('zh')
  const en = of('en')
  return { templates: [zh, en], fill: (values, inForce) => ({ zh: zh.fill(values, inForce), en: en.fill(values, inForce) }) }
}

/** Labels of the computed values, each with the form in which the sentences write it unless the definition says `as`. */
export function valueLabels (file: string, { values, words }: Definition, templates: readonly Template[]): LoadedRule['value_labels'] {
  const coded = [...words.keys()].find(name => !values.has(name))
  if (coded !== undefined) throw invalid(file, `words.${coded}`, 'speaks of a value that `values` does not name')
  return new Map([...values].map(([name, { zh, en, as }]): [string, ValueLabel] => {
    const form = as ?? FORMS.find(each => templates.some(template => template.forms.get(name) === each)) ?? 'plain'
    return [name, { zh, en, form, words: words.get(name) ?? new Map() }]
  }))
}

/** What each threshold means, with its number's source by area and date. */
export function parametersOf (thresholds: readonly Threshold[]): LoadedRule['parameters'] {
  return new Map(thresholds.map((threshold): [string, Parameter] => [threshold.name, {
    says: threshold.says, unit: threshold.unit, basisOn: (at, area) => valueAt(threshold, area, at)
  }]))
}
