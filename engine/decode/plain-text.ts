/** Names and other text made safe to store and show: well-formed, on one line, of bounded length. */

/** Characters that need a second look: controls, and all that is not ASCII. */
const UNUSUAL = /[^\x20-\x7e]/
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g
const HIGH_SURROGATE = /[\ud800-\udbff]/
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * A text as claims hold it: cut at `max` characters (UTF-16 units, never through a pair), controls as blanks,
 * lone surrogates as U+FFFD. `utf8InLatin1`: its UTF-8 bytes were read as Latin-1.
 */
export function plainText (text: string, utf8InLatin1: boolean, max: number): string {
  if (!UNUSUAL.test(text)) return text.length <= max ? text : text.slice(0, max)
  let result = utf8InLatin1 ? utf8(text) : text
  if (result.length > max) result = result.slice(0, HIGH_SURROGATE.test(result[max - 1]!) ? max - 1 : max)
  return result.replace(CONTROLS, ' ').replace(LONE_SURROGATES, '\ufffd')
}

/** The text whose UTF-8 bytes were read as Latin-1. */
export function utf8 (latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}

/**
 * Without ASCII blanks and controls at either end. Not String.trim: 0xA0 may be the last byte of a character
 * read as Latin-1.
 */
export function trimmed (text: string): string {
  let end = text.length
  if (end === 0 || (text.charCodeAt(0) > 0x20 && text.charCodeAt(end - 1) > 0x20)) return text
  let start = 0
  while (start < end && text.charCodeAt(start) <= 0x20) start++
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--
  return text.slice(start, end)
}
