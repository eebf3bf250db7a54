/** Faults of JSON are found where a parser finds them, and told without quoting the record. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault } from './json-fault.ts'

const faultOf = (text: string): string => {
  const bytes = Buffer.from(`x${text}y`)
  return jsonFault(bytes, 1, bytes.length - 1)
}

function parses (text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it.each([
  ['{"a":1', '记录在第 6 字节处中断 · cut off after byte 6'],
  ['{"a":"张', '记录在第 9 字节处中断 · cut off after byte 9'],
  ['{"张":1,,}', '第 10 字节处应为带双引号的字段名 · a field name in double quotes expected at byte 10'],
  ['{"a" 1}', '第 6 字节处应为“:” · ":" expected at byte 6'],
  ['{"a":1 "b":2}', '第 8 字节处应为“,”或“}” · "," or "}" expected at byte 8'],
  ['[1 2]', '第 4 字节处应为“,”或“]” · "," or "]" expected at byte 4'],
  ['{"a":x}', '第 6 字节处应为一个值 · a value expected at byte 6'],
  ['{"a":"\t"}', '第 7 字节处应为转义的控制字符 · an escaped control character expected at byte 7'],
  ['"\\x"', '第 2 字节处应为有效的转义字符 · a valid escape expected at byte 2'],
  ['{"a":-}', '第 7 字节处应为数字 · a digit expected at byte 7'],
  ['{} {}', '第 4 字节处应为记录结尾 · the end of the record expected at byte 4'],
  ['{"a":[1,2.5e-3,"\\u5f20\\n",true,null]}', '']
])('%s: %s', (text, sentence) => {
  expect(faultOf(text)).toBe(sentence)
  expect(sentence.length).toBeLessThanOrEqual(80)
})

it('finds a fault exactly where JSON.parse throws', () => {
  const parts = fc.constantFrom(
    '{', '}', '[', ']', ',', ':', '"', '"a"', '\\', '\\u00', 'e', '1', '0', '-', '.', 'E+', 'true', 'nul', ' ', '\n', '\t', '张', '{"a":1}'
  )
  const soup = fc.array(parts, { maxLength: 12 }).map(all => all.join(''))
  const changed = fc.tuple(fc.jsonValue(), fc.nat(), fc.constantFrom('', ...'{}[],:"\\0-.e ')).map(([value, at, put]) => {
    const text = JSON.stringify(value)
    return text.slice(0, at % text.length) + put + text.slice(at % text.length + 1)
  })
  fc.assert(fc.property(fc.oneof(soup, changed, fc.json()), text => {
    expect(faultOf(text) === '').toBe(parses(text))
  }), { numRuns: 5000 })
  expect(faultOf('['.repeat(300_000))).toMatch(/中断/)
})
