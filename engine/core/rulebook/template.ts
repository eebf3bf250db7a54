/**
 * The sentences of a flag. A template is text with places:
 *   {name}  {name:date}  {name:time}  {name:yuan}  {name:words}      a value of the finding
 *   {limit.name}  {limit.name+1}  {limit.name-1}  {limit.name:yuan}  a threshold in force, perhaps moved by a whole number
 *   {name:day|days}  {limit.name+1:day|days}                         the first word where the number is one, else the second
 * `words` looks each comma-separated part of the value up in definition.md's `words`.
 */
import type { Value, Values } from '../flag.ts'
import { yuan } from '../money.ts'
import type { Limits } from '../rule.ts'
import type { Bilingual, ValueForm } from '../rulebook.ts'
import { formatDate, formatTime } from '../time.ts'

const PLACE = /\{([^{}]*)\}/g
const SHAPE = /^(limit\.)?([a-z][a-z0-9_]*)([+-]\d+)?(?::(date|time|yuan|words|[a-z]+\|[a-z]+))?$/

/** Spoken forms of a coded value, by value name and code. */
export type Words = ReadonlyMap<string, ReadonlyMap<string, Bilingual>>

interface Place { readonly limit: boolean, readonly name: string, readonly shift: number, readonly format: string }
type Part = string | Place

export interface Template {
  readonly values: readonly string[]
  /** How the text reads its values; those that it names without a form, or only in words, are not here. */
  readonly forms: ReadonlyMap<string, ValueForm>
  readonly limits: readonly string[]
  /** Throws when the finding lacks a value that the text names: a mistake of the rule, found by its cases. */
  fill: (values: Values, limits: Limits) => string
}

/**
 * Compiles one text.
 * @param language which side of `words` to use
 * @returns the template, or the text of the place that is wrong
 */
export function compileTemplate (text: string, language: 'zh' | 'en', words: Words): Template | string {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(PLACE)) {
    const shape = SHAPE.exec(match[1]!)
    if (shape === null) return match[0]
    const [, limit, name = '', shift, format = ''] = shape
    if (limit === undefined ? shift !== undefined : format === 'words') return match[0]
    if (format === 'words' && !words.has(name)) return match[0]
    parts.push(text.slice(end, match.index), { limit: limit !== undefined, name, shift: Number(shift ?? 0), format })
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  const places = parts.filter(part => typeof part !== 'string')
  return {
    values: places.filter(place => !place.limit).map(place => place.name),
    forms: new Map(places.flatMap(({ limit, name, format }) => !limit && isForm(format) ? [[name, format]] : [])),
    limits: places.filter(place => place.limit).map(place => place.name),
    fill: (values, limits) => {
      let sentence = ''
      for (const part of parts) sentence += typeof part === 'string' ? part : show(part, values, limits, language, words)
      return sentence
    }
  }
}

function isForm (format: string): format is ValueForm {
  return format === 'date' || format === 'time' || format === 'yuan'
}

function show (place: Place, values: Values, limits: Limits, language: 'zh' | 'en', words: Words): string {
  const { format } = place
  const value: Value | undefined = place.limit ? limits[place.name] : values[place.name]
  if (value === undefined) throw new Error(`the sentence names {${place.name}}, which the finding does not have`)
  if (format === 'words') {
    const spoken = words.get(place.name)!
    const parts = String(value).split(',').map(code => spoken.get(code)?.[language] ?? code)
    return parts.join(language === 'zh' ? '、' : ', ')
  }
  if (typeof value === 'string') return value
  const shifted = value + place.shift
  switch (format) {
    case 'date': return formatDate(shifted)
    case 'time': return formatTime(shifted)
    case 'yuan': return yuan(shifted)
    case '': return String(shifted)
    default: return format.split('|')[shifted === 1 ? 0 : 1]!
  }
}
