/** Masking: names and numbers of persons stay unreadable, in whole records and in broken ones. */
import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { maskBytesForShow, maskCertno, maskName, maskNumbers, maskPersonNo, maskText, shortened } from './mask.ts'

describe('values', () => {
  it.each([['张三', '张*'], ['张三丰', '张**'], ['欧阳小明', '欧***'], ['阿卜杜拉·买买提', '阿***'], ['三', '*'], ['', ''], ['𠮷田', '𠮷*'],
    ['John Smith', 'J***']])('name %s → %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
  it.each([['340000195104020020', '340000**********20'], ['340000510402002', '340000*******02'], ['123456789', '*********'],
    ['', '']])('certificate %s → %s', (certno, masked) => {
    expect(maskCertno(certno)).toBe(masked)
  })
  it('finds numbers and names in messages, and leaves other numbers alone', () => {
    expect(maskText('张三丰 34000019510402002X 13812345678')).toBe('张** 340000**********2X 138****5678')
    for (const other of ['H34170200001202603021015000001', '81234567890123456789', '2026-03-02 10:15:00', '123.40 ≠ 98.72',
      'XC08CAA259A001010102180']) {
      expect(maskText(other)).toBe(other)
    }
    expect(maskText('a\nb\u0000\u202e\ud800张三丰')).toBe('a\\nb\\u0000\\u202e\\ud800张**')
  })
})

it('is shortened between characters and between escapes', () => {
  expect(shortened('ab', 2)).toBe('ab')
  expect(shortened('a😀b', 3)).toBe('a…')
  for (let max = 2; max < 8; max++) expect(shortened(maskText('a\u0000bcdefg'), max)).toMatch(/^a(?:\\u0000)?…$/)
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
    const result = shortened(maskText(text), max)
    expect(result.length).toBeLessThanOrEqual(max)
    expect(Buffer.from(result).toString()).toBe(result)
    expect(result).not.toMatch(/[\p{Cc}\p{Cs}]/u)
  }))
})

describe('records', () => {
  const record = { infno: '2207', setlinfo: { psn_name: '张三丰', certno: '340000195104020020', tel: '13812345678', bilg_dr_name: '李四',
    setl_id: 'S1' }, diseinfo: [{ diag_name: '高血压' }] }
  const secret = /三丰|李四|19510402|12345678/
  const json = Buffer.from(JSON.stringify(record))
  const packed = new Packr({ useRecords: false }).pack(record)

  it('shows whole ones in JSON’s notation', () => {
    const person = '"psn_name":"张**","certno":"340000**********20","tel":"138****5678","bilg_dr_name":"李*"'
    const shown = `{"infno":"2207","setlinfo":{${person},"setl_id":"S1"},"diseinfo":[{"diag_name":"高血压"}]}`
    expect(maskBytesForShow(json, 'json')).toBe(shown)
    expect(maskBytesForShow(packed, 'msgpack')).toBe(maskBytesForShow(json, 'json'))
  })

  it('hides persons wherever either format is cut off, and in any one flipped byte of structure', () => {
    for (const [bytes, format] of [[json, 'json'], [packed, 'msgpack']] as const) {
      for (let end = 0; end <= bytes.length; end++) expect(maskBytesForShow(bytes.subarray(0, end), format)).not.toMatch(secret)
    }
  })

  it.each([
    '{"psn\\u005fname":"\\u5f20\\u4e09\\u4e30"', '{"psn_name" : "张三丰', "{'psn_name':'张三丰'", '{psn_name: 张三丰}',
    '{"data":"{\\"psn_name\\":\\"张三丰\\",\\"certno\\":\\"340000195104020020\\"}"}',
    '{"certno":340000195104020020,}', '{"memo":"340000195104020020 13812345678"}', '{"psn_name":"x\\"张三丰"}'
  ])('hides persons in %s', text => {
    expect(maskBytesForShow(Buffer.from(text), 'json')).not.toMatch(secret)
  })

  it.each([
    '{"psn_na\ufffdme":"张三丰"}', '{"psn_name\ufffd":"张三丰"}', '{"psn_name"\ufffd"张三丰"}', '{"pzn_nbme":"张三丰"}',
    '{"diag_name":"高血压,"psn_nane":"张三丰"}'
  ])('hides persons in %s, where the name of the member is damaged', text => {
    expect(maskBytesForShow(Buffer.from(text), 'json')).not.toMatch(secret)
    expect(maskBytesForShow(Buffer.from(`{"fixmedins_name":"贵池区人民医院",${text}`), 'json')).toContain('贵池区人民医院')
  })

  it('ends MessagePack it cannot read with …, and takes any length of anything', () => {
    expect(maskBytesForShow(Buffer.from([0x81, 0xa1, 0x61, 0xc1]), 'msgpack')).toBe('{"a":…')
    expect(maskBytesForShow(Buffer.from([0x92, 0xd9, 5, 0x61]), 'msgpack')).toBe('["a",…')
    expect(maskBytesForShow(Buffer.from([0x01, 0xc0, 0x90, 0x80]), 'msgpack')).toBe('1 null [] {}')
    const started = performance.now()
    for (const unit of ['"psn_name":"', '\\', '"', 'a ', 'a', '张', '\\u', '1']) {
      expect(maskBytesForShow(Buffer.from(unit.repeat(200_000)), 'json').length).toBeLessThanOrEqual(16_384)
    }
    expect(maskBytesForShow(new Uint8Array(1_000_000).fill(0x91), 'msgpack')).toMatch(/^\[+…?$/)
    for (const byte of [0x01, 0x81, 0xa1, 0xc0]) expect(maskBytesForShow(new Uint8Array(1_000_000).fill(byte), 'msgpack').length)
      .toBeGreaterThan(100)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

it('masks numbers of persons typed into free text, and leaves its words', () => {
  expect(maskNumbers('高血压 340000195104020020 复诊')).toMatch(/^高血压 340000\*+20 复诊$/)
  expect(maskNumbers('I10.x00 高血压2级')).toBe('I10.x00 高血压2级')
})

describe('numbers of persons in the fund', () => {
  it.each([
    ['340000195104020020', '340000**********20'], ['34000019510402002X', '340000**********2X'],
    ['340000199913990020', '340000**********20'], ['341702000000498249', '341702000000498249'],
    ['34170200000049824X', '341702**********4X'],
    ['340000510402002', '340000*******02'], ['13812345678', '138****5678'], ['ID340000195104020020', 'ID340000**********20'],
    ['P1', 'P1'], ['341723000001928', '341723000001928'], ['34170000000000000001234567', '34170000000000000001234567'],
    ['P34170200001234', 'P34170200001234'], ['3417021234567', '3417021234567']
  ])('%s is shown as %s', (psn_no, shown) => {
    expect(maskPersonNo(psn_no)).toBe(shown)
  })

  it('are masked in records of both formats, whatever the date in them', () => {
    const record = { setlinfo: { psn_no: '340000199913990020', setl_id: '340000199913990020' } }
    const shown = '{"setlinfo":{"psn_no":"340000**********20","setl_id":"340000199913990020"}}'
    expect(maskBytesForShow(Buffer.from(JSON.stringify(record)), 'json')).toBe(shown)
    expect(maskBytesForShow(new Packr({ useRecords: false }).pack(record), 'msgpack')).toBe(shown)
    expect(maskBytesForShow(Buffer.from(JSON.stringify({ data: JSON.stringify(record.setlinfo) })), 'json'))
      .not.toContain('"psn_no\\":\\"340000199913990020')
    expect(maskBytesForShow(Buffer.from('{"psn_no":340000199913990020,}'), 'json')).toBe('{"psn_no":340000**********20,}')
  })
})
