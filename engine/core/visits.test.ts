import { describe, expect, it } from 'vitest'
import { nextMonth } from './calendar.ts'
import { DAY, parseMoment } from './time.ts'
import { countedPeriods, countedVisits, countsAsOutpatient, happenedInPerson, institutionsOf, tallyVisits } from './visits.ts'
import type { DiagnosisGroup, Visit } from './window.ts'

const start = parseMoment('2026-03-01 09:00')!.at

function visit (given: Partial<Visit> = {}): Visit {
  return {
    kind: 'visit',
    fixmedins_code: 'H1',
    setl_id: 'S',
    mdtrt_id: 'S',
    setl_time: start,
    medfee_sumamt: 1000,
    fund_pay_sumamt: 800,
    acct_pay: 200,
    pharmacy: false,
    insuplc_admdvs: '341702',
    mdtrtarea_admvs: '341702',
    med_type: '11',
    mdtrt_cert_type: '03',
    pay_loc: '2',
    in_person: true,
    setl_date_only: false,
    service_time: start,
    retroactive: false,
    main_diag: '',
    diag_groups: new Set(),
    external: false,
    ...given
  }
}
const groups = (...of: DiagnosisGroup[]): ReadonlySet<DiagnosisGroup> => new Set(of)

describe('visits', () => {
  it('count as outpatient unless bought at a pharmacy, only registered, or treatment by the course', () => {
    expect(countsAsOutpatient(visit())).toBe(true)
    expect(countsAsOutpatient(visit({ pharmacy: true }))).toBe(false)
    expect(countsAsOutpatient(visit({ med_type: '1201' }))).toBe(false)
    expect(countsAsOutpatient(visit({ med_type: '14' }))).toBe(true)
    for (const group of ['dialysis', 'tumour', 'tumour_therapy'] as const) {
      expect(countsAsOutpatient(visit({ med_type: '14', diag_groups: groups(group) }))).toBe(false)
      expect(countsAsOutpatient(visit({ med_type: '11', diag_groups: groups(group) }))).toBe(true)
    }
    expect(countsAsOutpatient(visit({ med_type: '14', diag_groups: groups('rehabilitation') }))).toBe(true)
  })

  it('happened in person when neither remote nor entered afterwards', () => {
    expect(happenedInPerson(visit())).toBe(true)
    expect(happenedInPerson(visit({ in_person: false }))).toBe(false)
    expect(happenedInPerson(visit({ retroactive: true }))).toBe(false)
  })

  it('are tallied up to the end of the period, emergencies apart', () => {
    const visits = [
      visit({ med_type: '13', medfee_sumamt: 70 }),
      visit({ setl_time: start + DAY }),
      visit({ setl_time: start + 2 * DAY, pharmacy: true }),
      visit({ setl_time: start + 31 * DAY })
    ]
    const april = nextMonth(start)
    const counted = { op: 1, er: 1, op_cost: 1000, er_cost: 70 }
    const nothing = { op: 0, er: 0, op_cost: 0, er_cost: 0 }
    expect(tallyVisits(visits, 0, april)).toEqual({ ...counted, last: visits[1], start: 0, end: 3 })
    expect(tallyVisits(visits, 0, start + DAY)).toMatchObject({ op: 0, er: 1, end: 1 })
    expect(tallyVisits(visits, 2, april)).toEqual({ ...nothing, last: null, start: 2, end: 3 })
  })

  it('are cut into periods, each with the numbers in force on its last visit; periods without any are left out', () => {
    const visits = [
      visit(), visit({ setl_time: start + DAY, pharmacy: true }),
      visit({ setl_time: start + 31 * DAY, pharmacy: true }),
      visit({ setl_time: start + 61 * DAY }), visit({ setl_time: start + 62 * DAY })
    ]
    const law = { on: (at: number) => ({ at }) }
    const periods = [...countedPeriods(visits, nextMonth, law)]
    expect(periods.map(({ start, end, last, limits }) => [start, end, last, limits.at])).toEqual([
      [0, 2, visits[0], start], [3, 5, visits[4], start + 62 * DAY]
    ])
    expect(periods.map(period => countedVisits(visits, period))).toEqual([[visits[0]], [visits[3], visits[4]]])
    expect([...countedPeriods(visits, nextMonth, { on: () => null })]).toEqual([])
  })

  it('name each institution once', () => {
    expect(institutionsOf([visit(), visit({ fixmedins_code: 'H2' }), visit()])).toBe(2)
  })
})
