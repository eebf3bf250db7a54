/** CSV: rows whatever the pieces, encodings and quotes; records of rows; and of everything bad its line and reason. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Settlement } from '../../core/claim.ts'
import { maskBytesForShow } from '../../core/mask.ts'
import { decodeRecord } from '../../decode/decode-record.ts'
import type { Decoded } from '../../decode/decode-record.ts'
import { CsvRows } from './csv-rows.ts'
import type { Row } from './csv-rows.ts'
import { inputsOf } from './inputs.ts'
import { formatOf } from './read-pieces.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-csv-'))
afterAll(() => { rmSync(dir, { recursive: true, force: true }) })

function rowsOf (bytes: Uint8Array, cuts: readonly number[] = []): Row[] {
  const rows = new CsvRows()
  const all: Row[] = []
  let at = 0
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    all.push(...rows.push(bytes.subarray(at, cut), false))
    at = Math.max(at, cut)
  }
  return [...all, ...rows.push(bytes.subarray(at), true)]
}
const texts = (text: string): Array<readonly string[] | string> => rowsOf(Buffer.from(text)).map(row => row.fault === null ? row.cells : `${row.line} ${row.fault}`)

/** "张某" in GB18030, which nothing here writes. */
const ZHANG = Buffer.from([0xd5, 0xc5, 0xc4, 0xb3])

describe('rows', () => {
  it('come out as they were written, however the bytes arrive', () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('', '"', '""', ',', 'a\nb', 'a\r\nb', '张某', '中文,"引号"', '0')).map(text => text.trim())
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean(), fc.array(fc.nat({ max: 400 }), { maxLength: 12 }), (rows, end, always, mark, cuts) => {
      const written = (text: string): string => always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
      const bytes = Buffer.from(`${mark ? '\ufeff' : ''}張,x${end}${rows.map(row => row.map(written).join(',')).join(end)}${always ? end : ''}`)
      expect(rowsOf(bytes, cuts.filter(cut => cut > 2 && cut < bytes.length)).map(row => row.fault ?? row.cells)).toEqual([['張', 'x'], ...rows])
    }), { numRuns: 500 })
  })

  it('are UTF-8 with or without a mark, or GB18030, as the first text says', () => {
    expect(texts('\ufeffa,b\n张某,2')).toEqual([['a', 'b'], ['张某', '2']])
    expect(rowsOf(Buffer.concat([Buffer.from('a,b\n"'), ZHANG, Buffer.from('",1\n'), ZHANG, Buffer.from(',2')])).map(row => row.cells)).toEqual([['a', 'b'], ['张某', '1'], ['张某', '2']])
    const mixed = Buffer.concat([Buffer.from('张某,1\n'), ZHANG, Buffer.from(',2\nb,3\n')])
    expect(rowsOf(mixed).map(row => row.fault)).toEqual([null, 'encoding', null])
  })

  it('know on which line they begin, also after cells of several lines and blank lines', () => {
    expect(rowsOf(Buffer.from('a,b\n"x\ny\nz",1\n\n\r\nc,d\n')).map(row => [row.line, ...row.cells])).toEqual([[1, 'a', 'b'], [2, 'x\ny\nz', '1'], [7, 'c', 'd']])
  })

  it('that cannot be cut cost their first line only', () => {
    expect(texts('a,b\n"x" y,1\nc,d\n')).toEqual([['a', 'b'], '2 text_after_quote', ['c', 'd']])
    expect(texts('a,b\n"x,1\nc,d\ne,f\n')).toEqual([['a', 'b'], '2 quote_not_closed', ['c', 'd'], ['e', 'f']])
    expect(texts('a,b\n"x,1\nc,"d"\ne,f\n')).toEqual([['a', 'b'], '2 text_after_quote', ['c', 'd'], ['e', 'f']])
    expect(texts('5" pipe,b')).toEqual([['5" pipe', 'b']])
  })

  it('of any length are bounded', () => {
    const long = Buffer.from(`a,b\n${'x'.repeat(300_000)},1\nc,d\n"${'y'.repeat(10)}\n${'e,f\n'.repeat(100_000)}`)
    const rows = rowsOf(long, [1000, 200_000, 290_000])
    expect(rows.slice(0, 3).map(row => row.fault ?? row.cells)).toEqual([['a', 'b'], 'too_long', ['c', 'd']])
    expect(rows[3]).toMatchObject({ line: 4, fault: 'quote_not_closed' })
    expect(rows).toHaveLength(4 + 100_000)
    for (const row of rows) expect(row.bytes.length).toBeLessThanOrEqual(256 * 1024)
  })

  it('never come to grief over any bytes', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x61, 0xd5, 0xc5, 0xff), { maxLength: 60 }), fc.array(fc.nat({ max: 60 }), { maxLength: 4 }), (bytes, cuts) => {
      const whole = Uint8Array.from(bytes)
      const rows = rowsOf(whole, cuts.filter(cut => cut < whole.length))
      for (const [i, row] of rows.entries()) expect(row.line).toBeGreaterThanOrEqual(rows[i - 1]?.line ?? 1)
    }), { numRuns: 1000 })
  })
})

const HEADER = 'psn_no,infno,fixmedins_code,insuplc_admdvs,setl_id,mdtrt_id,psn_name,med_type,gend,setl_time,medfee_sumamt,fund_pay_sumamt,psn_part_amt,acct_pay,psn_cash_pay,' +
  'diag_code,diag_name,feedetl_sn,fee_ocur_time,med_list_codg,cnt,pric,det_item_fee_sumamt,drug_trac_codg,本院备注'
const line = (sn: number, more: Readonly<Record<string, string>> = {}): string => {
  const cells: Record<string, string> = {
    psn_no: 'P1', infno: '2207', fixmedins_code: 'H34170200001', insuplc_admdvs: '341702', setl_id: 'S1', mdtrt_id: 'M1', psn_name: '张某', med_type: '11', gend: '2',
    setl_time: '2026-03-02 10:15:00', medfee_sumamt: '246.80', fund_pay_sumamt: '200', psn_part_amt: '46.80', acct_pay: '0', psn_cash_pay: '46.80', diag_code: 'I10.x00', diag_name: '高血压',
    feedetl_sn: String(sn), fee_ocur_time: '2026-03-02 10:12:00', med_list_codg: 'XC08CAA259A001010102180', cnt: '2', pric: '61.70', det_item_fee_sumamt: '123.40', drug_trac_codg: '', ...more
  }
  return HEADER.split(',').map(name => cells[name] ?? '').join(',')
}

async function recordsOf (content: Uint8Array | string, name = 'claims.csv'): Promise<Decoded[]> {
  const path = join(dir, name)
  writeFileSync(path, content)
  const decoded: Decoded[] = []
  for await (const { bytes } of inputsOf(path, formatOf(path).format)) {
    for (const record of Buffer.from(bytes).toString().trimEnd().split('\n')) {
      const raw = Buffer.from(record)
      decoded.push(decodeRecord(raw, 0, raw.length, 'json'))
    }
  }
  return decoded
}
const claims = (all: readonly Decoded[]): Settlement[] => all.map(one => {
  if (!one.ok) throw new Error(JSON.stringify(one))
  return one.claim as Settlement
})
const refusals = (all: readonly Decoded[]): string[] => all.flatMap(one => one.ok ? [] : [`${one.rejection.reason} ${one.rejection.field} ${one.rejection.seen.split(' ·')[0]!}`.trim()])

describe('records', () => {
  it('have a row a line; columns are field names in any order, others are passed over', async () => {
    const [claim, ...others] = claims(await recordsOf(`${HEADER}\n${line(1, { drug_trac_codg: '81234567890123456789;81234567890123456790' })}\n${line(2)}\n`))
    expect(others).toEqual([])
    expect(claim).toMatchObject({
      infno: '2207', fixmedins_code: 'H34170200001', setlinfo: { setl_id: 'S1', psn_no: 'P1', psn_name: '张某', medfee_sumamt: 24_680 }, mdtrtinfo: null,
      diseinfo: [{ diag_code: 'I10.x00', maindiag_flag: true }],
      feedetail: [{ feedetl_sn: '1', cnt: 20_000, trace_codes: ['81234567890123456789', '81234567890123456790'] }, { feedetl_sn: '2', trace_codes: [] }]
    })
    expect(claim!.inf_time).toBe(claim!.setlinfo.setl_time) // the export does not say when it was sent
  })

  it.each([
    ['gzip', (text: string) => gzipSync(text), 'claims.csv.gz'], ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`), 'mark.csv'],
    ['carriage returns, quotes and padding', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n').replaceAll('张某', '"张某"').replaceAll('S1', '\tS1 ')), 'cr.csv'],
    ['GB18030', (text: string) => Buffer.concat(text.replaceAll('高血压', '张某').replaceAll('本院备注', 'x').split('张某').flatMap((part, i) => i === 0 ? [Buffer.from(part)] : [ZHANG, Buffer.from(part)])), 'gbk.csv'],
    ['a spreadsheet’s way of writing moments', (text: string) => Buffer.from(text.replaceAll('2026-03-02 10:15:00', '2026/3/2 10:15').replaceAll('2026-03-02 10:12:00', '2026/3/2 10:12:00')), 'excel.csv']
  ])('are the same in %s', async (_, write, name) => {
    const text = `${HEADER}\n${line(1)}\n${line(2)}\n`
    const [plain] = claims(await recordsOf(text))
    const [claim] = claims(await recordsOf(write(text), name))
    const { diseinfo: _a, version: _b, ...rest } = plain!
    const { diseinfo: _c, version: _d, ...other } = claim!
    expect(other).toEqual(rest)
  })

  it('are of every kind that is about a person', async () => {
    const columns = 'infno,fixmedins_code,insuplc_admdvs,psn_no,setl_id,mdtrt_id,setl_time,adm_time,dscg_time,adm_dept_codg,med_type,medfee_sumamt,psn_part_amt,psn_cash_pay,feedetl_sn,fee_ocur_time,' +
      'med_list_codg,cnt,pric,det_item_fee_sumamt'
    const fee = '1,2026-03-02 10:00:00,X1,1,10,10'
    const rows = [
      `2304,H1,341702,P1,S1,M1,2026-03-05 10:00:00,2026-03-01 09:00:00,2026-03-05 09:00:00,A03,21,10,10,10,${fee}`,
      `2301,H1,341702,P1,,M2,,,,,,,,,${fee}`, '2401,H1,341702,P1,,M2,,2026-03-01 09:00:00,,A03,21,,,,,,,,,', '2402,H1,341702,P1,,M2,,,2026-03-05 09:00:00,,,,,,,,,,,',
      '4101,H1,341702,P1,S1,M1,,2026-03-01 09:00:00,2026-03-05 09:00:00,,,,,,,,,,,', '2305,H1,341702,P1,S1,M1,2026-03-06 10:00:00,,,,,,,,,,,,,'
    ]
    const all = claims(await recordsOf([columns, ...rows].join('\n')))
    expect(all.map(claim => [claim.infno, claim.kind])).toEqual([['2304', 'settlement'], ['2301', 'lines'], ['2401', 'admission'], ['2402', 'discharge'], ['4101', 'list'], ['2305', 'reversal']])
    expect(all[0]).toMatchObject({ mdtrtinfo: { adm_dept_codg: 'A03', med_type: '21' }, feedetail: [{ feedetl_sn: '1' }] })
  })

  it('that the decoder refuses name the line on which they begin', async () => {
    expect(refusals(await recordsOf(`${HEADER}\n${line(1)}\n${line(2)}\n${line(1, { setl_id: 'S2', medfee_sumamt: '1' })}\n`))).toEqual(['money_identity line 4: setlinfo.medfee_sumamt 1.00 ≠ 200.00 + 46.80 + 0.00'])
  })

  it('of which a row is bad are refused whole; every bad row has its line and reason, and neighbours are judged', async () => {
    const text = [
      HEADER,
      line(1), line(2, { medfee_sumamt: '1' }), // 2, 3
      line(1, { setl_id: 'S2' }), 'P1,2207,too few', line(2, { setl_id: 'S2' }), // 4, 5, 6
      line(1, { setl_id: 'S3', psn_no: '3.4E+17' }), // 7
      line(1, { setl_id: 'S4' }), line(1, { setl_id: 'S5' }), line(2, { setl_id: 'S4' }), // 8, 9, 10
      line(1, { setl_id: '"S6' }), // 11
      line(1, { setl_id: 'S7' }) // 12
    ].join('\n')
    const all = await recordsOf(text)
    expect(refusals(all).sort()).toEqual([
      'bad_row line 10 同一单据的各行不相邻', 'bad_row line 11 引号未闭合', 'bad_row line 3: medfee_sumamt 同一单据各行的公共列不一致', 'bad_row line 5 列数与表头不符', 'bad_row line 5 同一单据中有无法读取的行', 'bad_row line 7: psn_no 编号被表格软件改写为科学计数'
    ])
    expect(all.flatMap(one => one.ok ? [(one.claim as Settlement).setlinfo.setl_id] : [])).toEqual(['S4', 'S5', 'S7'])
  })

  it('that are bad keep their text, with names and numbers of persons masked where it is shown', async () => {
    const path = join(dir, 'bad.csv')
    writeFileSync(path, `${HEADER}\nP1,2207,张某某,340000195104020020\n`)
    let bytes = new Uint8Array()
    for await (const input of inputsOf(path, 'csv')) bytes = new Uint8Array(input.bytes)
    const shown = maskBytesForShow(bytes, 'json')
    expect(shown).toContain('P1,2207,张**,340000**********20')
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({ type: 'bad_row', csv_line: 2, csv_fault: 'cell_count', csv_rows: 'P1,2207,张某某,340000195104020020\n' })
  })

  it.each([
    ['no header', `${line(1)}\n`, 'the header lacks infno, fixmedins_code, psn_no, insuplc_admdvs'], ['a misspelled column', 'infno,fixmedins_code,pns_no,insuplc_admdvs\n', 'lacks psn_no (the header has pns_no)'],
    ['a column twice', 'infno,psn_no,fixmedins_code,insuplc_admdvs,psn_no\n', 'names psn_no twice'], ['a header that is none', '"infno" x\n', 'cannot be read as a header']
  ])('of a table with %s are not read at all', async (_, text, message) => { await expect(recordsOf(text)).rejects.toThrow(message) })

  it('of an empty table are none', async () => { expect(await recordsOf(`${HEADER}\n`)).toEqual([]) })

  it('are what CSV.md shows', async () => {
    const sample = /```csv\n([^`]+)```/.exec(readFileSync(new URL('CSV.md', import.meta.url), 'utf8'))![1]!
    const all = claims(await recordsOf(sample, 'sample.csv'))
    expect(all.map(claim => [claim.infno, claim.feedetail?.length])).toEqual([['2207', 2], ['2304', 1], ['2208', undefined]])
  })
})
