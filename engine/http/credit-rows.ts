/** Rows of candidates and early-warning scores, as answers and pages show them. */
import { listCell, momentCell, numberCell, type Row, textCell, wholeCell } from './cells.ts'
import { formatTime } from '../core/time.ts'
import { BANDS, neutral } from './words.ts'
import { fen, list, moment, object, text, whole } from './schemas.ts'

export const candidateSchema = object({
  regime: text('credit regime', 'yangzhou-2020'),
  negative_item: text('its item that a confirmed flag would fall under', '8.1.4'),
  fixmedins_code: text('institution', 'H34170200001'),
  fixmedins_name: text('its name, or empty', '某某医院'),
  level: text('level of the institution, or empty when unknown', '二级'),
  flags: whole('flags', 3), flags_high: whole('of them 高', 0), flags_medium: whole('of them 中', 2), flags_low: whole('of them 低', 1),
  persons: whole('persons', 3), claims: whole('claims', 4),
  first_seen: moment('earliest date of service'), last_seen: moment('latest date of service'),
  suspected_medfee: fen('medical fee, each claim line once'), suspected_fund: fen('of it pooled'), suspected_acct: fen('of it personal account'),
  band: {
    type: 'string', enum: Object.keys(BANDS),
    description: 'the band the amount would fall in if it were established; nothing here is'
  },
  band_zh: text('the same in Chinese', '一般档'), band_en: text('the same in English', 'general band'),
  band_article: text('article of the regime, or empty', '第十条第（一）项'),
  interpretations: list(text('an interpretation of ours', '造成损失金额按统筹基金与个人账户合计计算，系本系统理解'))
})

export type CandidateRow = ReturnType<typeof candidateRow>
export function candidateRow (row: Row) {
  const band = bandCell(row)
  return {
    regime: textCell(row, 'regime'), negative_item: textCell(row, 'negative_item'), fixmedins_code: textCell(row, 'fixmedins_code'),
    fixmedins_name: textCell(row, 'fixmedins_name'), level: textCell(row, 'level'),
    flags: wholeCell(row, 'flags'), flags_high: wholeCell(row, 'flags_high'), flags_medium: wholeCell(row, 'flags_mid'), flags_low: wholeCell(row, 'flags_low'),
    persons: wholeCell(row, 'persons'), claims: wholeCell(row, 'claims'),
    first_seen: formatTime(momentCell(row, 'first_seen')), last_seen: formatTime(momentCell(row, 'last_seen')),
    suspected_medfee: wholeCell(row, 'suspected_medfee'), suspected_fund: wholeCell(row, 'suspected_fund'), suspected_acct: wholeCell(row, 'suspected_acct'),
    band, band_zh: BANDS[band].zh, band_en: BANDS[band].en,
    band_article: textCell(row, 'band_article'), interpretations: listCell<string>(row, 'interpretations').map(neutral)
  }
}

/** @throws TypeError for a band that the store's views do not have. */
function bandCell (row: Row): keyof typeof BANDS {
  const band = textCell(row, 'band')
  if (band === 'general' || band === 'serious' || band === 'unknown') return band
  throw new TypeError('column band is not a band')
}

export const scoreSchema = object({
  fixmedins_code: text('institution', 'H34170200001'),
  fixmedins_name: text('its name, or empty', '某某医院'),
  level: { type: 'string', enum: ['红', '橙', '黄', '蓝', ''], description: 'warning level; empty = none' },
  score: { type: 'number', description: 'points a thousand settlements, shrunk towards the peers', examples: [12.5] },
  reasons: list(object({ level: text('level', '橙'), zh: text('why', '30日内有高级别疑点') }), 'what sets the level'),
  parts: list(object({
    rule_id: text('rule', 'split-hospitalisation'), severity: whole('1 高, 2 中, 3 低', 2), flags: whole('flags', 3), points: { type: 'number', description: 'points' }
  }), 'what makes up the points, most first'),
  points: { type: 'number', description: 'time-decayed, severity- and money-weighted' },
  flags: whole('flags', 3),
  settlements: whole('settlements of 365 days', 1200),
  suspected_money: fen('pooled and personal-account money of flagged claims of 365 days'),
  peers: text('whom it is compared with', '二级'), peer_count: whole('how many they are', 12),
  as_of: moment('the moment it is for'),
  basis: text('engineering = weights and levels are ours, not of a document', 'engineering')
})

export type ScoreRow = ReturnType<typeof scoreRow>
export function scoreRow (row: Row) {
  return {
    fixmedins_code: textCell(row, 'fixmedins_code'), fixmedins_name: textCell(row, 'fixmedins_name'), level: textCell(row, 'level'),
    score: numberCell(row, 'score'),
    reasons: listCell<Row>(row, 'reasons').map(each => ({ level: textCell(each, 'level'), zh: neutral(textCell(each, 'zh')) })),
    parts: listCell<Row>(row, 'parts').map(part => ({
      rule_id: textCell(part, 'rule_id'), severity: wholeCell(part, 'severity'), flags: wholeCell(part, 'flags'), points: numberCell(part, 'points')
    })),
    points: numberCell(row, 'points'), flags: wholeCell(row, 'flags'), settlements: wholeCell(row, 'settlements'),
    suspected_money: wholeCell(row, 'suspected_money'), peers: textCell(row, 'peers'), peer_count: wholeCell(row, 'peer_count'),
    as_of: formatTime(momentCell(row, 'as_of_time')), basis: textCell(row, 'basis')
  }
}
