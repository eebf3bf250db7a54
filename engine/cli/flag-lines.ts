/** A flag as the terminal shows it, stored or only checked. */
import { yuan } from '../core/money.ts'
import type { CheckedFlag } from '../http/checked-flag.ts'
import type { FlagDetail } from '../http/flag-detail.ts'
import { SUBJECTS } from '../http/words.ts'

/** Its sentence, money, subject (where not a person), law, numbers, claims, facts and what would clear it; without the closing words. */
export function flagLines (flag: CheckedFlag | FlagDetail): string[] {
  const lines = (title: string, entries: readonly string[]): string[] =>
    entries.length === 0 ? [] : ['', title, ...entries.map(e => `  ${e}`)]
  const { total, pooled, personal } = flag.money
  return [
    `${flag.title.zh}（${flag.severity_zh}）  ${flag.title.en}${flag.status === 'retracted' ? '  已撤回 retracted' : ''}`,
    flag.sentence_zh,
    flag.sentence_en,
    '',
    flag.settled ? `涉及金额 ${yuan(total)} 元，其中统筹基金 ${yuan(pooled)} 元，个人账户 ${yuan(personal)} 元` : '涉及金额：尚未结算 not yet settled',
    ...lines('比对对象 subject', subjectOf(flag)),
    ...lines('法律依据 law', flag.law_basis.map(l => l.zh)),
    ...lines('计算值 values', flag.values_explained.map(v => `${v.label.zh}：${v.shown.zh}`)),
    ...lines('阈值 thresholds', flag.thresholds_explained.map(t => `${t.says.zh}：${t.shown.zh}`)),
    ...lines('涉及结算 claims', flag.items.map(i => [
      i.role === 'main' ? '主疑点项' : '涉及项', 'fixmedins_name' in i ? i.fixmedins_name : '', i.fixmedins_code,
      i.setl_id === '' ? `就诊 ${i.mdtrt_id}` : `结算 ${i.setl_id}`, flag.subject_kind === 'person' ? '' : `参保人 ${i.psn_no}`
    ].filter(word => word !== '').join('  '))),
    ...lines('支持疑点的事实 for', flag.facts_for.map(f => f.zh)),
    ...lines('减轻疑点的事实 against', flag.facts_against.map(f => f.zh)),
    ...lines('已核对、均不适用的排除情形 exclusions checked', flag.exclusions_checked.map(f => f.zh)),
    ...lines('何种情形下不成立 cleared if', [flag.cleared.zh]),
    ...lines('人工核查 to check by hand', flag.to_check.map((c, i) => `${i + 1}. ${c.zh}`))
  ]
}

/** What claims share, in words; nothing of a person's flag, whose claims are all the person's. */
function subjectOf ({ subject_kind, subject_explained }: CheckedFlag | FlagDetail): string[] {
  if (subject_kind === 'person') return []
  return [SUBJECTS[subject_kind].zh, ...subject_explained.map(({ label, shown }) => `${label.zh}：${shown.zh}`)]
}
