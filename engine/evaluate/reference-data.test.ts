/** Dated reference data: validity, and which of several rows speaks. */
import { describe, expect, it } from 'vitest'
import type { MasterData, MasterType } from '../core/claim.ts'
import { formatTime } from '../core/time.ts'
import { at } from '../memory/testing.ts'
import { ReferenceData } from './reference-data.ts'

function row (type: MasterType, key: string, from: string, to: string | null, inf: string, fields: MasterData['fields']): MasterData {
  const version = { inf_time: at(inf), order: 0, contentHi: 0, contentLo: 0 }
  return { kind: 'master', type, version, key, inf_time: at(inf), valid_from: at(from), valid_to: to === null ? null : at(to), fields }
}

const level = (hosp_lv: string): MasterData['fields'] => ({ fixmedins_code: 'H1', hosp_lv, lng: null, lat: 30.66 })

describe('ReferenceData', () => {
  it('answers by date of service, from valid_from up to but not on valid_to', () => {
    const reference = new ReferenceData()
    expect(reference.learn(row('institution', 'H1', '01-01', '03-01', '01-01', level('03')))).toEqual({ type: 'institution', key: 'H1', from: at('01-01'), to: at('03-01') })
    expect(reference.learn(row('institution', 'H1', '03-01', null, '03-01', level('05')))).toMatchObject({ from: at('03-01'), to: Infinity })
    const levels = ['2025-12-31', '01-01', '02-28', '03-01', '12-31'].map(date => reference.institution('H1', at(date))?.hosp_lv ?? null)
    expect(levels).toEqual([null, '03', '03', '05', '05'])
    expect(reference.institution('H2', at('03-01'))).toBeNull()
    expect(reference.institution('H1', at('01-01'))).toMatchObject({ lng: null, lat: 30.66, uscc: '' })
  })

  it('lets the greatest inf_time speak where rows overlap, in any order', () => {
    const rows = [
      row('institution', 'H1', '01-01', null, '01-01', level('01')),
      row('institution', 'H1', '02-01', '03-01', '02-05', level('02')),
      row('institution', 'H1', '01-15', null, '02-03', level('03'))
    ]
    for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]]) {
      const reference = new ReferenceData()
      for (const i of order) reference.learn(rows[i]!)
      expect(['01-10', '01-20', '02-10', '03-10'].map(date => reference.institution('H1', at(date))?.hosp_lv)).toEqual(['01', '03', '02', '03'])
    }
  })

  it('tells for which dates of service it says something else than before', () => {
    const reference = new ReferenceData()
    const fields = { med_list_codg: 'X', gend_limit: '2', age_min: 0, age_max: null }
    const learn = (from: string, to: string | null, inf: string, changed = fields): string[] | null => {
      const change = reference.learn(row('catalogue', 'X', from, to, inf, changed))
      return change === null ? null : [change.from, change.to].map(edge => edge === Infinity ? 'for ever' : formatTime(edge).slice(5, 10))
    }
    expect(learn('01-01', null, '01-02')).toEqual(['01-01', 'for ever'])
    expect(learn('01-01', null, '01-02')).toBeNull() // the same again
    expect(learn('01-01', null, '01-01')).toBeNull() // an older version
    expect(learn('01-01', null, '01-03', { ...fields, gend_limit: '' })).toEqual(['01-01', 'for ever'])
    expect(learn('06-01', null, '05-01', { ...fields, gend_limit: '' })).toBeNull() // what held already
    expect(learn('03-01', '04-01', '05-02')).toEqual(['03-01', '04-01'])
    expect(learn('03-15', '05-01', '05-03')).toEqual(['04-01', '05-01'])
    expect(learn('02-01', '07-01', '05-01')).toEqual(['02-01', '06-01']) // newer rows keep speaking from March to May, and from June
    expect(reference.learn(row('department', 'H1/A', '01-01', null, '01-01', {}))).toBeNull() // no rule reads it
    expect(reference.catalogue('X', at('01-15'))).toMatchObject({ gend_limit: '', age_min: 0, age_max: null })
    expect(reference.size).toBe(1)
  })

  it('finds peer medians by level, department and disease', () => {
    const reference = new ReferenceData()
    reference.learn(row('peer_median', '05/A03/I10', '01-01', '02-01', '01-01', { hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: 50_000, sample: 40 }))
    expect(reference.peerMedian('05', 'A03', 'I10', at('01-31'))).toMatchObject({ day_cost: 50_000, sample: 40 })
    expect(reference.peerMedian('05', 'A03', 'I11', at('01-31'))).toBeNull()
    expect(reference.peerMedian('05', 'A03', 'I10', at('02-01'))).toBeNull()
  })

  it('finds the medicine of a trace code of twenty characters by its first seven, as of the date', () => {
    const reference = new ReferenceData()
    const learn = (from: string, inf: string, med_list_codg: string): unknown =>
      reference.learn(row('trace_prefix', '8123456', from, null, inf, { prefix: '8123456', med_list_codg }))
    expect(learn('01-01', '01-01', 'XA')).toMatchObject({ type: 'trace_prefix', key: '8123456', from: at('01-01') })
    learn('03-01', '02-20', 'XB')
    const code = '81234560000000000017'
    expect(['2025-12-31', '01-01', '02-28', '03-01'].map(date => reference.traceProduct(code, at(date)))).toEqual([null, 'XA', 'XA', 'XB'])
    for (const other of ['81234570000000000017', code.slice(0, 19), `${code}1`, '8123456', '']) {
      expect(reference.traceProduct(other, at('03-01')), other).toBeNull()
    }
    expect(reference.size).toBe(1)
  })
})
