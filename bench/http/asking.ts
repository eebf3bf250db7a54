/** Asks an engine's checks over HTTP and looks at every answer: its time, its status, and whether it is the right one. */
import autocannon from 'autocannon'
import { quantilesOf } from '../bench.ts'
import type { Quantiles } from '../bench.ts'
import type { CheckAnswer } from '../../engine/http/check-answer.ts'
import type { Question } from './check-workload.ts'

export interface Asked {
  /** Milliseconds, of answers with a 2xx status; refusals are quick and would flatter. */
  readonly latency: Quantiles
  readonly seconds: number
  readonly answered: number
  /** Answers with another status, by status: 429, 503. */
  readonly refused: ReadonlyMap<number, number>
  /** Requests whose connection broke or that were not answered within ten seconds. */
  readonly unanswered: number
}

const PATH = '/v1/claims:check'
const HEADERS = { 'content-type': 'application/json' }

/**
 * Asks every question once and sees that the answer is right: this settlement, recorded nowhere, judged or known already.
 * @returns the answers' texts, which must not differ from now on
 * @throws Error for the first answer that is wrong
 */
export async function rightAnswers (url: string, questions: readonly Question[]): Promise<string[]> {
  const answers: string[] = []
  for (const { body, status, identity } of questions) {
    const response = await fetch(`${url}${PATH}`, { method: 'POST', headers: HEADERS, body })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`check of ${identity}: ${response.status} ${text}`)
    const { recorded, checked, results } = JSON.parse(text) as CheckAnswer
    const [result] = results
    const right = !recorded && checked === 1 && results.length === 1 && result?.status === status &&
      'identity' in result && result.identity === identity && result.history === 'whole'
    if (!right) throw new Error(`check of ${identity}, which should be ${status}: ${text.slice(0, 500)}`)
    answers.push(text)
  }
  return answers
}

/**
 * Asks `amount` times, from question `first` on, over so many connections, each of which asks again when it has its answer.
 * Nothing is cut off at the end: the slowest answers are those that would be missing.
 * @throws Error when an answer with status 200 is not letter by letter the one it must be
 */
export async function ask (
  url: string, questions: readonly Question[], answers: readonly string[],
  { connections, amount, first }: { readonly connections: number, readonly amount: number, readonly first: number }
): Promise<Asked> {
  const times: number[] = []
  const refused = new Map<number, number>()
  const wrong: string[] = []
  let next = first
  let last = 0
  const started = performance.now()
  const running = autocannon({
    url: `${url}${PATH}`,
    method: 'POST',
    headers: HEADERS,
    connections,
    amount,
    requests: [{
      setupRequest: (request, context) => {
        context['index'] = next++ % questions.length
        return { ...request, body: questions[context['index'] as number]!.body }
      },
      onResponse: (status, body, context) => {
        if (status === 200 && body !== answers[context['index'] as number]) wrong.push(body)
      }
    }]
  })
  running.on('response', (_client, status, _bytes, milliseconds) => {
    last = performance.now()
    if (status === 200) times.push(milliseconds)
    else refused.set(status, (refused.get(status) ?? 0) + 1)
  })
  await running
  if (wrong.length > 0) throw new Error(`${wrong.length} answers are not what they were before the replay, e.g. ${wrong[0]!.slice(0, 500)}`)
  const answered = [...refused.values()].reduce((sum, count) => sum + count, times.length)
  return { latency: quantilesOf(times), seconds: (last - started) / 1000, answered, refused, unanswered: amount - answered }
}
