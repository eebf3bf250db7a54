/** A whole case as records in order of arrival, each still knowing the row it came from. */
import { DAY, HOUR, MINUTE } from '../../core/time.ts'
import { MOMENTS } from './columns.ts'
import { moveMoments } from './lines.ts'
import type { Case, Row } from './parse.ts'
import { buildRecord, cell, institutionOf, type RawRecord, stayIdOf } from './record.ts'

/** One record of a case. Two sendings with equal bytes are the same record twice. */
export interface Sending {
  readonly row: Row
  readonly bytes: Uint8Array
  readonly record: RawRecord
  readonly fixmedins_code: string
  readonly setl_id: string
  readonly mdtrt_id: string
}

const UNITS = { d: DAY, h: HOUR, m: MINUTE } as const
/** Kinds whose `claim` refers to a row instead of introducing one. */
const FOLLOWING = new Set(['reversal', 'repeat', 'lines'])
const encoder = new TextEncoder()

/** Builds every record of the case. Throws an Error naming case and row. */
export function buildCase (given: Case): Sending[] {
  const rows = given.rows.flatMap(expand)
  const sendings: Sending[] = []
  rows.forEach((row, index) => {
    try {
      sendings.push(send(row, index, rows, sendings))
    } catch (error) {
      throw new Error(`case "${given.title}", row ${index + 1}: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
  return sendings
}

function send (row: Row, index: number, rows: readonly Row[], sent: readonly Sending[]): Sending {
  const claim = cell(row, 'claim')
  if (cell(row, 'kind') === 'repeat') {
    const original = sent.findLast(each => cell(each.row, 'claim') === claim)
    if (original === undefined) throw new Error(`repeat of "${claim}", which was not sent before`)
    return { ...original, row: new Map([...original.row, ['flag', cell(row, 'flag')], ['values', cell(row, 'values')]]) }
  }
  const meant = cell(row, 'kind') === 'later' ? laterVisit(index, cell(row, 'setl_time')) : row
  const named = (name: string): Row | undefined =>
    rows.find(each => cell(each, 'claim') === name && !FOLLOWING.has(cell(each, 'kind')))
  const record = buildRecord(meant, { index, named })
  return {
    row: meant,
    bytes: encoder.encode(JSON.stringify(record)),
    record,
    fixmedins_code: institutionOf(meant),
    setl_id: cell(meant, 'setl_id') || cell(meant, 'claim'),
    mdtrt_id: stayIdOf(meant)
  }
}

/** Another person's visit: nothing but time passes. */
function laterVisit (index: number, setl_time: string): Row {
  return new Map([
    ['kind', 'visit'], ['claim', `later-${index}`], ['psn_no', 'P-later'], ['fixmedins_code', 'H34170200099'], ['setl_time', setl_time]
  ])
}

/** `times`: "15 every 1d" makes fifteen rows of one; the flag stands on the last. */
function expand (row: Row): Row[] {
  const times = cell(row, 'times')
  if (times === '') return [row]
  const match = /^(\d+) every (\d+)([dhm])$/.exec(times)
  if (match === null) throw new Error(`times: "${times}" must be like "15 every 1d"`)
  const count = Number(match[1])
  const step = Number(match[2]) * UNITS[match[3] as keyof typeof UNITS]
  return Array.from({ length: count }, (_, i) => {
    const copy = new Map(row)
    for (const column of [...MOMENTS, 'lines']) {
      const text = cell(row, column)
      if (text !== '') copy.set(column, moveMoments(text, i * step))
    }
    copy.set('claim', `${cell(row, 'claim')}-${i + 1}`)
    if (i < count - 1) for (const column of ['flag', 'values', 'supports', 'weakens']) copy.set(column, '')
    return copy
  })
}
