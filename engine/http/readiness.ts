/** Whether the engine can be used now, and what is missing. */
import type { EngineStatus } from './deps.ts'

export type ReadinessReason = { code: string, message: string, message_zh: string }

/** Why the engine cannot be used now; empty when it can. */
export function readinessReasons (status: EngineStatus): ReadinessReason[] {
  const reasons: ReadinessReason[] = []
  const { recovered_claims: done, claims_to_recover: all } = status
  switch (status.phase) {
    case 'starting': reasons.push({ code: 'STARTING', message: 'starting', message_zh: '正在启动' }); break
    case 'recovering': reasons.push({
      code: 'RECOVERING',
      message: `recovering: ${done} of ${all} stored claims are folded`,
      message_zh: `正在恢复：已重放 ${done} / ${all} 条记录`
    }); break
    case 'draining': reasons.push({ code: 'DRAINING', message: 'finishing what was accepted before it stops', message_zh: '正在停止，处理余下记录' }); break
    case 'running': break
  }
  if (!status.store_reachable) {
    reasons.push({ code: 'STORE_UNREACHABLE', message: 'the store does not answer', message_zh: '数据库不可达' })
  }
  return reasons
}
