/** Checks past the queues of lanes whose threads are doubles: who goes first, who starves, who is given up, what a loss does. */
import { expect, it } from 'vitest'
import type { Checked } from '../evaluate/evaluate-check.ts'
import { exampleMaster, exampleSettlement } from '../decode/examples.ts'
import { GroupCommit } from './group-commit.ts'
import { Lane } from './lane.ts'
import type { LaneThread } from './lane.ts'
import { LATENCY_BUCKETS } from './latency.ts'
import { BROADCAST } from './protocol.ts'
import type { CheckRequest, JudgeRequest, LaneRequest } from './protocol.ts'
import { Pump } from './pump.ts'
import { routePiece } from './route.ts'
import { recordAt } from './slab.ts'
import type { Slab } from './slab.ts'

const TASKS = 6
const person = (setl_id: string, psn_no = 'P1'): object => exampleSettlement({ setlinfo: { setl_id, psn_no } })
const lines = (...records: object[]): Uint8Array => Buffer.from(records.map(record => `${JSON.stringify(record)}\n`).join(''))

/** Says what it did, takes `pause` over everything, and finds records where `owner` says. */
class Thread implements LaneThread {
  readonly did: string[] = []
  pause = 2
  incarnation = 0
  deadly = false
  owner: (task: number) => number = task => task

  async run (request: LaneRequest) {
    if (request.op === 'check' || request.op === 'judge') this.did.push(`${request.op} ${this.#ids(request.slab).join(' ')}`)
    await new Promise(resolve => { setTimeout(resolve, this.pause) })
    const incarnation = String(this.incarnation)
    switch (request.op) {
      case 'route': return { incarnation, pieces: request.pieces.map(({ bytes, format }) => routePiece(bytes, format, TASKS)) }
      case 'judge': return this.#judged(request)
      case 'check':
        if (this.deadly) {
          this.incarnation++
          throw new Error('a rule threw')
        }
        return { incarnation, answers: this.#answers(request) }
      default: return { incarnation, flags: [] }
    }
  }

  async lose (): Promise<void> {}
  async close (): Promise<void> {}

  #ids (slab: Slab): string[] {
    return Array.from({ length: slab.count }, (_, i) => {
      const { start, length } = recordAt(slab, i)
      const record = JSON.parse(Buffer.from(slab.bytes.subarray(start, start + length)).toString()) as { setlinfo?: { setl_id: string }, type?: string }
      return record.setlinfo?.setl_id ?? record.type ?? ''
    })
  }

  #answers ({ slab }: CheckRequest): Checked[] {
    return this.#ids(slab).map((identity, i) => {
      const { task } = recordAt(slab, i)
      return this.owner(task) === task ? { status: 'judged', identity, flags: [] } : { status: 'misrouted', task: this.owner(task) }
    })
  }

  #judged ({ slab }: JudgeRequest) {
    return {
      incarnation: String(this.incarnation), statuses: new Uint8Array(slab.count), identities: this.#ids(slab), flags: [], rejections: [], deadLetters: [], chunks: [],
      misrouted: [], late: [], changes: [], told: { seen: [], disturbed: [], items: [] }, eventTimeMax: 7, judgingCounts: new Float64Array(), judgingSum: 0,
      latencies: { counts: new Float64Array(LATENCY_BUCKETS), max: 0 }, unknownFields: 0, memory: { persons: 0, records: 0, bytes: 0 }
    }
  }
}

function setUp (lanes: number) {
  const threads = Array.from({ length: lanes }, () => new Thread())
  const lost: number[] = []
  const commit = new GroupCommit({ write: async () => {}, close: async () => {} }, { written: () => {}, retry: () => {} })
  const pump = new Pump(threads.map((thread, i) => new Lane(i, thread)), commit, { batchRecords: 2, batchBytes: 1 << 20, pendingBytesMax: 1 << 20 }, {
    judged: () => {}, flagged: () => {}, laneLost: lane => { lost.push(lane) }, quarantined: () => {}
  }, { rebuild: async () => [], rejudge: async () => { throw new Error('nothing is late') }, touchedBy: async () => [], holders: async () => [], misnamed: async () => [], shownIn: async () => [], ofItems: async () => [], asking: async () => [], subjects: async () => [], tasks: TASKS })
  return { pump, threads, lost }
}

it('lets a check wait for one batch at most, and a batch for the checks before it', async () => {
  const { pump, threads: [thread] } = setUp(1)
  const stream = pump.submit(lines(...Array.from({ length: 12 }, (_, i) => person(`r${i}`))), 'json', 'test')
  await expect.poll(() => thread!.did.length, { interval: 1 }).toBeGreaterThan(0)
  const checks: Array<Promise<unknown>> = []
  for (let i = 0; i < 4; i++) {
    checks.push(pump.check(lines(person(`c${i}`)), 'json', 1000))
    await new Promise(resolve => { setTimeout(resolve, 1) })
  }
  await Promise.all([stream, ...checks])
  const ops = thread!.did.map(did => did.split(' ')[0]!)
  expect(ops.filter(op => op === 'judge')).toHaveLength(6)
  const first = ops.indexOf('check')
  expect(first).toBeLessThan(3)
  for (let i = first; ops.lastIndexOf('judge') > i; i++) expect([ops[i], ops[i + 1]]).not.toEqual(['check', 'check']) // while batches wait
  expect(thread!.did.filter(did => did.startsWith('judge')).join(' ').replaceAll('judge ', '')).toBe(Array.from({ length: 12 }, (_, i) => `r${i}`).join(' '))
})

it('hands each lane its part, in order, and puts the answers together in the order of the request', async () => {
  const { pump, threads } = setUp(2)
  const records = Array.from({ length: 9 }, (_, i) => person(`c${i}`, `P${i}`))
  const outcomes = await pump.check(lines(...records, exampleMaster('institution')), 'json', 1000)
  expect(outcomes.map(outcome => outcome.status === 'rejected' ? '' : outcome.identity)).toEqual([...records.map((_, i) => `c${i}`), 'institution'])
  expect(threads.map(thread => thread.did.length)).toEqual([1, 1])
  expect(routePiece(lines(exampleMaster('institution')), 'json', TASKS)[2]).toBe(BROADCAST)
})

it('hands a record on to the lane that it says it belongs to', async () => {
  const { pump, threads } = setUp(2)
  for (const thread of threads) thread.owner = () => 3
  expect(await pump.check(lines(person('a', 'P1'), person('b', 'P2')), 'json', 1000)).toMatchObject([{ identity: 'a' }, { identity: 'b' }])
  expect(threads[1]!.did.join(' ')).toMatch(/a|b/)
})

it('gives up when the patience ends, and does not begin what nobody waits for', async () => {
  const { pump, threads: [thread] } = setUp(1)
  thread!.pause = 60
  const first = pump.check(lines(person('a')), 'json', 1000)
  const second = pump.check(lines(person('b')), 'json', 20)
  await expect(second).rejects.toMatchObject({ code: 'CHECK_TIMED_OUT' })
  expect(await first).toMatchObject([{ identity: 'a' }])
  expect(await pump.check(lines(person('c')), 'json', 1000)).toMatchObject([{ identity: 'c' }])
  expect(thread!.did).toEqual(['check a', 'check c'])
})

it('survives a lane that dies of a check: it is rebuilt, and the asker is told', async () => {
  const { pump, threads: [thread], lost } = setUp(1)
  await pump.submit(lines(person('before')), 'json', 'test')
  thread!.deadly = true
  await expect(pump.check(lines(person('a')), 'json', 1000)).rejects.toMatchObject({ code: 'LANE_LOST' })
  expect(lost).toEqual([0, 0])
  thread!.deadly = false
  expect(await pump.check(lines(person('b')), 'json', 1000)).toMatchObject([{ identity: 'b' }])
  expect(await pump.submit(lines(person('after')), 'json', 'test')).toMatchObject([{ identity: 'after' }])
})

it('answers a body without a record at once', async () => {
  expect(await setUp(1).pump.check(Buffer.from(' \n'), 'json', 10)).toEqual([])
})
