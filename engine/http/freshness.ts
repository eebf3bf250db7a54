/** How far the data reach, said on every page. */
import type { Bilingual } from '../core/rulebook.ts'
import { formatTime } from '../core/time.ts'
import type { EngineStatus } from './deps.ts'
import { readinessReasons } from './readiness.ts'

/** Event time reached, and what is amiss. */
export function freshness (status: EngineStatus): Bilingual {
  const reasons = readinessReasons(status)
  const at = status.watermark === null
    ? { zh: '尚无数据', en: 'no data yet' }
    : { zh: `数据截至 ${formatTime(status.watermark)}`, en: `data up to ${formatTime(status.watermark)}` }
  return {
    zh: [at.zh, ...reasons.map(reason => reason.message_zh), `fundwatch ${status.version}`].join(' · '),
    en: [at.en, ...reasons.map(reason => reason.message)].join(' · ')
  }
}
