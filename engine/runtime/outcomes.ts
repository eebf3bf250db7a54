/** What submitters are told: from a lane's reply and from what the store-judged records came to. */
import type { FlagRow } from '../core/flag.ts'
import type { DeadLetter, Outcome } from '../core/ports.ts'
import { STATUSES } from './protocol.ts'
import type { JudgeReply, Status } from './protocol.ts'
import type { LateOutcome } from './store-judging.ts'

/** @param late outcomes of `reply.late`, in its order. @returns one a record; null for what another lane owns. */
export function outcomesOf (reply: JudgeReply, late: readonly LateOutcome[]): Array<Outcome | null> {
  const rejections = new Map(reply.rejections.map(({ record, rejection }) => [record, rejection]))
  const fromStore = new Map(reply.late.map(({ record }, i) => [record, late[i]!]))
  const flags = new Map<number, FlagRow[]>()
  for (const { record, flag } of reply.flags) {
    const own = flags.get(record)
    if (own === undefined) flags.set(record, [flag])
    else own.push(flag)
  }
  return Array.from(reply.statuses, (number, i) => {
    const status = STATUSES[number]!
    const judged = fromStore.get(i)
    const identity = reply.identities[i] ?? ''
    if (status === 'misrouted') return null
    if (status === 'rejected') return { status, rejection: rejections.get(i)! }
    if (judged === undefined) return { status: toldAs(status), identity, flags: flags.get(i) ?? [] }
    return judged.status === 'rejected' ? rejected(judged.letter) : { ...judged, identity }
  })
}

export function rejected ({ reason, field, seen }: DeadLetter): Outcome {
  return { status: 'rejected', rejection: { reason, field, seen } }
}

/** What is late or deferred has an outcome from the store. */
function toldAs (status: Exclude<Status, 'misrouted' | 'rejected'>): Exclude<Outcome['status'], 'rejected'> {
  if (status === 'resent') return 'duplicate'
  return status === 'deferred' ? 'late' : status
}
