/** `--format`: how an input is written, where its name does not say it. */
import type { InputFormat } from '../io/files/read-pieces.ts'
import { UsageError, textOf } from './command.ts'
import type { Option, OptionValues } from './command.ts'

/** NDJSON and JSON are told apart by what is in them. */
const FORMATS: Readonly<Record<string, InputFormat>> = { ndjson: 'json', json: 'json', msgpack: 'msgpack', csv: 'csv' }

export const formatOption: Option = {
  type: 'string', value: 'FORMAT', says: `${Object.keys(FORMATS).join(', ')}: how it is written; without it by the file's name, of - ndjson`
}

/** @throws UsageError for a format that there is not */
export function givenFormat (values: OptionValues): InputFormat | undefined {
  const text = textOf(values, 'format')
  if (text === undefined) return undefined
  if (Object.hasOwn(FORMATS, text)) return FORMATS[text]
  throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}, not ${text}`)
}
