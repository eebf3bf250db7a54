/** What the store holds altogether, or of one institution. */
import { type Row, textCell, wholeCell } from './cells.ts'
import { fen, text, whole } from './schemas.ts'

const counted = {
  settlements: whole('settlements, reversed ones left out', 48000),
  persons: whole('persons', 9000),
  medfee_sumamt: fen('medical fee'),
  fund_pay_sumamt: fen('paid by the pooled fund'),
  acct_pay: fen('paid by personal accounts'),
  flags: whole('flags to be checked', 30),
  flags_high: whole('of them 高', 2),
  flags_medium: whole('of them 中', 18),
  flags_low: whole('of them 低', 10),
  suspected_claims: whole('settlements with a flag, each once', 34),
  suspected_medfee: fen('their medical fee, each fee line once'),
  suspected_fund: fen('of it pooled'),
  suspected_acct: fen('of it personal account')
}
export const totalsProperties = { ...counted, institutions: whole('institutions', 12) }
export const institutionProperties = {
  fixmedins_code: text('institution', 'H34170200001'), fixmedins_name: text('its name, or empty', '某某医院'), level: text('its level, or empty', '二级'), ...counted
}

export type Counted = Record<keyof typeof counted, number>
export type Totals = Record<keyof typeof totalsProperties, number>
export type InstitutionSummary = Counted & { readonly fixmedins_code: string, readonly fixmedins_name: string, readonly level: string }

function countedRow (row: Row): Counted {
  return {
    settlements: wholeCell(row, 'settlements'), persons: wholeCell(row, 'persons'), medfee_sumamt: wholeCell(row, 'medfee_sumamt'),
    fund_pay_sumamt: wholeCell(row, 'fund_pay_sumamt'), acct_pay: wholeCell(row, 'acct_pay'), flags: wholeCell(row, 'flags'),
    flags_high: wholeCell(row, 'flags_high'), flags_medium: wholeCell(row, 'flags_mid'), flags_low: wholeCell(row, 'flags_low'),
    suspected_claims: wholeCell(row, 'suspected_claims'), suspected_medfee: wholeCell(row, 'suspected_medfee'),
    suspected_fund: wholeCell(row, 'suspected_fund'), suspected_acct: wholeCell(row, 'suspected_acct')
  }
}

export function totalsRow (row: Row): Totals {
  return { ...countedRow(row), institutions: wholeCell(row, 'institutions') }
}

export function institutionRow (row: Row): InstitutionSummary {
  return {
    fixmedins_code: textCell(row, 'fixmedins_code'), fixmedins_name: textCell(row, 'fixmedins_name'), level: textCell(row, 'institution_level'),
    ...countedRow(row)
  }
}
