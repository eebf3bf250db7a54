/** `fundwatch medians`: has a running engine compute a month's peer medians and hand them in, or shows what they would be. */
import { loadConfig } from '../../config.ts'
import { EngineError } from '../../core/errors.ts'
import type { PeerMedian } from '../../core/masterdata.ts'
import { yuan } from '../../core/money.ts'
import { Client, runningAddress } from '../client.ts'
import { EXIT, UsageError, textOf, urlOf } from '../command.ts'
import type { Command } from '../command.ts'
import { out, table } from '../output.ts'

/** As GET answers; POST adds the counts. */
interface Answer {
  readonly month: string
  readonly from: string
  readonly to: string
  readonly valid_from: string
  readonly valid_to: string
  readonly sample_min: number
  readonly medians: readonly PeerMedian[]
}
type Counts = Readonly<Record<'added' | 'corrected' | 'ended' | 'unchanged' | 'sent_in' | 'rejected', number>>
type HandedIn = Answer & Counts

export const mediansCommand: Command = {
  name: 'medians',
  summary: 'compute a month’s peer medians from the store and hand them in',
  usage: '[--month MONTH] [--dry-run] [--url URL] [--json]',
  more: [
    'Median cost of a day in hospital by level of the institution, department and diagnosis category, of the stays that ended in the',
    'twelve months up to the end of the month. They hold in the month after, where bed-low-day-cost compares with them; whom they',
    'touch is judged again. The same month again changes nothing but what its stays have changed. Exit code 1: some were refused.'
  ],
  options: {
    month: { type: 'string', value: 'MONTH', says: 'yyyy-MM, the last of the twelve; without it the last that is over by the records' },
    'dry-run': { type: 'boolean', says: 'show them and hand nothing in' },
    url: { type: 'string', value: 'URL', says: 'the engine to ask; the one on the data directory without it' },
    json: { type: 'boolean', says: 'machine-readable' }
  },
  examples: ['fundwatch medians --month 2026-03 --dry-run', 'fundwatch medians --month 2026-03'],
  async run ({ values }) {
    const month = monthOf(textOf(values, 'month'))
    const config = loadConfig(process.env)
    const url = urlOf(values) ?? runningAddress(config)
    if (url === null) throw new EngineError('ENGINE_UNREACHABLE', `no engine runs on ${config.dataDir}`)
    const method = values['dry-run'] === true ? 'GET' : 'POST'
    const path = `/v1/peer-medians${month === undefined ? '' : `?month=${month}`}`
    const answer = await new Client(url, config.token).request(path, { method }) as Answer | HandedIn
    out(values.json === true ? JSON.stringify(answer, null, 2) : page(answer))
    return 'rejected' in answer && answer.rejected > 0 ? EXIT.findings : EXIT.ok
  }
}

function monthOf (text: string | undefined): string | undefined {
  if (text === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text
  throw new UsageError(`--month must be a month, yyyy-MM, not ${text}`)
}

function page (answer: Answer | HandedIn): string {
  const { month, from, to, valid_from, valid_to, sample_min, medians } = answer
  const rows = medians.map(each => [each.hosp_lv, each.dept_codg, each.diag_group, yuan(each.day_cost), String(each.sample)])
  return [
    `${month} 同级中位数 peer medians：出院日期 ${from} 至 ${to}，每组不少于 ${sample_min} 例，共 ${medians.length} 组；适用于 ${valid_from} 起、${valid_to} 前`,
    ...(rows.length === 0 ? [] : [table([['级别 LEVEL', '科室 DEPARTMENT', '诊断 DIAGNOSIS', '日均（元）', '例数'], ...rows])]),
    'rejected' in answer ? became(answer) : '仅试算，未提交 computed only'
  ].join('\n')
}

function became ({ added, corrected, ended, unchanged, sent_in, rejected }: Counts): string {
  return `已提交 handed in：新增 ${added}，更正 ${corrected}，停用 ${ended}，未变 ${unchanged}，沿用外部报送 ${sent_in}，拒收 ${rejected}`
}
