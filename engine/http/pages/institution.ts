/** One institution: its figures, its flags, what they might come to, and its early-warning score. */
import type { ListedFlag } from '../brief-flag.ts'
import type { CandidateRow, ScoreRow } from '../credit-rows.ts'
import type { InstitutionSummary } from '../totals.ts'
import { flagTable } from './flag-table.ts'
import { candidateTable, scoreTable, totalTiles } from './home.ts'
import { html, type Html } from './html.ts'
import { english } from './layout.ts'

const NONE_AGAINST = { zh: '暂无针对本机构的待核查疑点。', en: 'No flag against it is to be checked.' }

export interface InstitutionPage {
  readonly summary: InstitutionSummary
  readonly flags: readonly ListedFlag[]
  readonly candidates: readonly CandidateRow[]
  readonly scores: readonly ScoreRow[]
}

export function institutionBody ({ summary, flags, candidates, scores }: InstitutionPage): Html {
  return html`<h1>${summary.fixmedins_name === '' ? '机构' : summary.fixmedins_name} <code>${summary.fixmedins_code}</code> ${summary.level}</h1>
${totalTiles(summary)}
<h2>疑点 ${english('Flags laid against it')}</h2>
${flagTable(flags, NONE_AGAINST)}
<p><a href="/flags?institution=${encodeURIComponent(summary.fixmedins_code)}">全部 ${english('all')}</a></p>
${candidateTable(candidates)}
${scoreTable(scores)}`
}
