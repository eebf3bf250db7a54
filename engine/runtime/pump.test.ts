/** The pump with lanes whose threads are doubles: order, halving, quarantine, wrong routes, late claims, fullness, outages. */
import { expect, it } from 'vitest'
import { EngineError } from '../core/errors.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Outcome, StoreBatch } from '../core/ports.ts'
import { sampleFlag } from '../store/samples.ts'
import { GroupCommit } from './group-commit.ts'
import { Lane } from './lane.ts'
import type { LaneThread } from './lane.ts'
import { BROADCAST, STATUSES } from './protocol.ts'
import type { JudgeReply, JudgeRequest, LaneRequest, RouteRequest, Status } from './protocol.ts'
import { LATENCY_BUCKETS } from './latency.ts'
import { Pump } from './pump.ts'
import { recordAt } from './slab.ts'

/** A record as the doubles read it. `task` is what routing says, `owner` what judging finds (the same unless given). */
interface Toy { id: string, task: number, owner?: number, late?: true, deadly?: true }

const encode = (toys: readonly Toy[]): Uint8Array => Buffer.from(toys.map(toy => `${JSON.stringify(toy)}\n`).join(''))
const decode = (bytes: Uint8Array): Toy => JSON.parse(Buffer.from(bytes).toString()) as Toy
const text = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().split(' ').filter(id => id !== '')

/** A thread that remembers ids in the order in which it judged them, and dies of what is deadly. */
class ToyThread implements LaneThread {
  memory: string[] = []
  clock = -Infinity
  /** Deaths still to come while memory is rebuilt. */
  deathsWhileForgetting = 0
  #incarnation = 0
  #stopped: (error: Error) => void = () => {}

  async run (request: LaneRequest) {
    await new Promise<void>((resolve, reject) => {
      this.#stopped = reject
      setTimeout(resolve, 1)
    })
    const incarnation = String(this.#incarnation)
    switch (request.op) {
      case 'route': return { incarnation, pieces: route(request) }
      case 'judge': return this.#judge(request)
      case 'advance': this.clock = request.clock; break
      case 'forget':
        if (this.deathsWhileForgetting-- > 0) this.#die('died again')
        this.memory = []
    }
    return { incarnation, flags: [] as FlagRow[] }
  }

  async lose (): Promise<void> {
    this.memory = []
    this.#incarnation++
    this.#stopped(new Error('worker exited with code: 1'))
  }

  async close (): Promise<void> {}

  #die (why: string): never {
    this.memory = []
    this.#incarnation++
    throw new Error(why)
  }

  #judge ({ slab, clock, detail }: JudgeRequest): JudgeReply {
    this.clock = Math.max(this.clock, clock)
    const statuses: Status[] = []
    const kept: string[] = []
    const misrouted: Array<{ record: number, task: number }> = []
    const late: Array<{ record: number, psn_no: string }> = []
    const identities: string[] = []
    for (let i = 0; i < slab.count; i++) {
      const { start, length, task, persist } = recordAt(slab, i)
      const toy = decode(slab.bytes.subarray(start, start + length))
      const owner = toy.owner ?? toy.task
      if (detail) identities.push(toy.id)
      if (toy.deadly) this.#die(`a rule threw on ${toy.id} of 张三`)
      if (owner !== BROADCAST && owner !== task) {
        misrouted.push({ record: i, task: owner })
        statuses.push('misrouted')
        continue
      }
      this.memory.push(toy.id)
      if (persist) kept.push(toy.id)
      if (toy.late) late.push({ record: i, psn_no: toy.id })
      statuses.push(toy.late ? 'late' : 'judged')
    }
    const chunks = kept.length === 0 ? [] : [{ table: 'claims' as const, rows: kept.length, bytes: Buffer.from(`${kept.join(' ')} `) }]
    return {
      incarnation: String(this.#incarnation), statuses: Uint8Array.from(statuses, status => STATUSES.indexOf(status)), identities, flags: [], rejections: [],
      deadLetters: [], chunks, misrouted, late, eventTimeMax: 7, judgingCounts: new Float64Array(), judgingSum: 0, latencies: { counts: new Float64Array(LATENCY_BUCKETS), max: 0 }, unknownFields: 0,
      memory: { persons: 0, records: 0, bytes: 0 }
    }
  }
}

function route ({ pieces }: RouteRequest): Float64Array[] {
  return pieces.map(({ bytes }) => {
    const numbers: number[] = []
    let start = 0
    for (const line of Buffer.from(bytes).toString().split('\n')) {
      const length = Buffer.byteLength(line)
      if (length > 0) numbers.push(start, length, decode(Buffer.from(line)).task)
      start += length + 1
    }
    return Float64Array.from(numbers)
  })
}

interface Options { lanes: number, batchRecords?: number, pendingBytesMax?: number, write?: (batch: StoreBatch) => Promise<void>, rejudge?: () => Promise<FlagRow[]> }

function setUp ({ lanes: count, batchRecords = 8, pendingBytesMax = 1 << 20, write = async () => {}, rejudge = async () => [] }: Options) {
  const threads = Array.from({ length: count }, () => new ToyThread())
  const stored: string[] = []
  const letters: StoreBatch['deadLetters'][number][] = []
  const lost: number[] = []
  const flags: FlagRow[] = []
  const commit = new GroupCommit({
    write: async batch => {
      await write(batch)
      flags.push(...batch.flags)
      letters.push(...batch.deadLetters)
      stored.push(...batch.chunks.flatMap(chunk => text(chunk.bytes)))
    },
    close: async () => {}
  }, { written: () => {}, retry: () => {} })
  const owner = new Map<string, number>()
  const pump = new Pump(threads.map((thread, i) => new Lane(i, thread)), commit, { batchRecords, batchBytes: 1 << 20, pendingBytesMax }, {
    judged: () => {}, flagged: () => {}, laneLost: lane => { lost.push(lane) }, quarantined: () => {}
  }, {
    rebuild: async lane => {
      threads[lane.number]!.memory = stored.filter(id => owner.get(id)! % count === lane.number)
      return [sampleFlag({ flag_id: `rebuilt-${lane.number}` })]
    },
    rejudge: async (lane, psn_no) => {
      expect(stored).toContain(psn_no) // durable before it is judged from the store
      await lane.ask({ op: 'emit' })
      return await rejudge()
    }
  })
  const submit = async (...toys: Toy[]): Promise<Outcome[]> => {
    for (const toy of toys) owner.set(toy.id, toy.owner ?? toy.task)
    return await pump.submit(encode(toys), 'json', 'test')
  }
  return { pump, submit, threads, stored, letters, lost, flags }
}

const toys = (count: number, tasks = 6): Toy[] => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, task: (i * 7) % tasks }))
const statusOf = (outcome: Outcome): string => outcome.status === 'rejected' ? outcome.rejection.reason : outcome.status
/** Every record once, and the records of a task in the order of submission. */
function expectInOrder (threads: readonly ToyThread[], all: readonly Toy[], tasks = 6): void {
  const judged = threads.flatMap(thread => thread.memory)
  expect([...judged].sort()).toEqual(all.map(toy => toy.id).sort())
  for (let task = 0; task < tasks; task++) {
    const own = all.filter(toy => (toy.owner ?? toy.task) === task).map(toy => toy.id)
    expect(judged.filter(id => own.includes(id))).toEqual(own)
  }
}

it.each([1, 2, 3])('keeps the order of every task with %i lanes, whatever the pieces, and answers each record', async lanes => {
  const { submit, threads, stored } = setUp({ lanes, batchRecords: 5 })
  const all = toys(300)
  const submissions: Array<Promise<Outcome[]>> = []
  for (let at = 0, size = 1; at < all.length; at += size) {
    size = 1 + (at * 13) % 40
    submissions.push(submit(...all.slice(at, at + size)))
    if (at % 3 === 0) await new Promise(resolve => setTimeout(resolve, 1))
  }
  const outcomes = (await Promise.all(submissions)).flat()
  expect(outcomes.map(one => one.status === 'rejected' ? '' : one.identity)).toEqual(all.map(toy => toy.id))
  expectInOrder(threads, all)
  expect([...stored].sort()).toEqual(all.map(toy => toy.id).sort())
})

it('wakes a single lane for every one of many small submissions', async () => {
  const { submit, threads, pump } = setUp({ lanes: 1, batchRecords: 1 })
  const all = toys(60, 1)
  const outcomes = await Promise.all(all.map(async (toy, i) => {
    await new Promise(resolve => setTimeout(resolve, i % 7))
    return await submit(toy)
  }))
  expect(outcomes.flat()).toHaveLength(60)
  expect([...threads[0]!.memory].sort()).toEqual(all.map(toy => toy.id).sort())
  await pump.settle()
  expect(threads[0]!.clock).toBe(7)
})

it('halves a batch that kills its lane until the poison is alone, and judges the rest in order', async () => {
  const { submit, threads, stored, letters, lost, flags } = setUp({ lanes: 2, batchRecords: 64 })
  const all = toys(60)
  const poison = all.map((toy, i) => (i === 21 ? { ...toy, deadly: true as const } : toy))
  const outcomes = await submit(...poison)
  expect(outcomes.map(statusOf)).toEqual(poison.map(toy => toy.deadly ? 'judging_failed' : 'judged'))
  const sound = all.filter((_, i) => i !== 21)
  expectInOrder(threads, sound)
  expect([...stored].sort()).toEqual(sound.map(toy => toy.id).sort())
  expect(letters).toMatchObject([{ reason: 'judging_failed', origin: { source: 'test', offset: 21 }, seen: 'lane 1 failed: a rule threw on r21 of 张*' }])
  expect(decode(letters[0]!.bytes)).toEqual(poison[21])
  expect(lost.length).toBeLessThanOrEqual(8) // 30 records: five halvings, and a second chance alone
  expect(flags.map(flag => flag.flag_id)).toEqual(lost.map(lane => `rebuilt-${lane}`))
})

it('rebuilds a lane that died idle or at work, and one that dies again meanwhile', async () => {
  const { submit, threads, lost, pump } = setUp({ lanes: 2 })
  const all = toys(40)
  await submit(...all.slice(0, 10))
  await threads[0]!.lose()
  await submit(...all.slice(10, 20))
  threads[1]!.deathsWhileForgetting = 2
  const running = submit(...all.slice(20, 40))
  setTimeout(() => { void threads[1]!.lose() }, 3)
  expect((await running).map(statusOf)).toEqual(Array.from({ length: 20 }, () => 'judged'))
  await pump.settle()
  expectInOrder(threads, all)
  expect(lost.filter(lane => lane === 0)).toHaveLength(1)
  expect(lost.filter(lane => lane === 1)).toHaveLength(3)
})

it.each([1, 3])('hands a wrongly routed record on to the lane that owns it, though that one is idle (%i lanes)', async lanes => {
  const { submit, threads, stored } = setUp({ lanes })
  const all: Toy[] = [{ id: 'a', task: 0, owner: 4 }, { id: 'b', task: 1 }, { id: 'c', task: 0, owner: 5 }]
  expect((await submit(...all)).map(statusOf)).toEqual(['judged', 'judged', 'judged'])
  expectInOrder(threads, all)
  expect([...stored].sort()).toEqual(['a', 'b', 'c'])
})

it('lets every lane learn and store what is for all, and judges once what was only taken for it', async () => {
  const { submit, threads, stored, pump } = setUp({ lanes: 3 })
  expect(await submit({ id: 'all', task: BROADCAST }, { id: 'one', task: BROADCAST, owner: 4 })).toHaveLength(2)
  await pump.settle()
  for (const thread of threads) expect(thread.memory).toContain('all')
  expect(threads.flatMap(thread => thread.memory).filter(id => id === 'one')).toEqual(['one'])
  expect(threads[1]!.memory).toContain('one')
  expect([...stored].sort()).toEqual(['all', 'all', 'all', 'one'])
})

it('judges a late claim from the store once it is durable, and reports what that changed', async () => {
  const changed = sampleFlag({ flag_id: 'late' })
  const { submit, flags } = setUp({ lanes: 2, rejudge: async () => [changed] })
  const outcomes = await submit({ id: 'early', task: 1 }, { id: 'late', task: 1, late: true })
  expect(outcomes).toEqual([{ status: 'judged', identity: 'early', flags: [] }, { status: 'late', identity: 'late', flags: [changed] }])
  expect(flags).toEqual([changed])
})

it('gives up on a late claim that kills its lane every time, and says so in a dead letter', async () => {
  const { submit, letters, lost } = setUp({ lanes: 1, rejudge: async () => { throw new EngineError('LANE_LOST', 'a rule threw') } })
  expect((await submit({ id: 'late', task: 1, late: true }, { id: 'next', task: 1 })).map(statusOf)).toEqual(['late', 'judged'])
  expect(letters).toMatchObject([{ reason: 'judging_failed', seen: 'a rule threw' }])
  expect(lost).toHaveLength(2)
})

it('refuses more than it may hold, but one piece of any size when it holds nothing', async () => {
  const { submit, pump } = setUp({ lanes: 1, pendingBytesMax: 1000 })
  const first = submit(...toys(100))
  expect(pump.pendingBytes).toBeGreaterThan(1000)
  await expect(submit({ id: 'more', task: 0 })).rejects.toMatchObject({ code: 'OVERLOADED' })
  expect(await first).toHaveLength(100)
  expect(pump.pendingBytes).toBe(0)
  expect((await submit({ id: 'again', task: 0 })).map(statusOf)).toEqual(['judged'])
})

it('acknowledges nothing while the store is away, and everything once it is back', async () => {
  let away = true
  let refusals = 0
  const { submit, pump, stored, letters } = setUp({
    lanes: 2,
    write: async () => {
      if (!away) return
      refusals++
      throw new EngineError('STORE_UNREACHABLE', 'away')
    }
  })
  const all = toys(50)
  let acknowledged = 0
  const submissions = all.map(async (toy, i) => {
    await submit(i === 30 ? { ...toy, deadly: true } : toy)
    acknowledged++
  })
  await new Promise(resolve => setTimeout(resolve, 350))
  expect(refusals).toBeGreaterThan(1)
  expect([acknowledged, stored.length, letters.length]).toEqual([0, 0, 0])
  expect(pump.pendingBytes).toBeGreaterThan(0)
  away = false
  await Promise.all(submissions)
  expect([...stored].sort()).toEqual(all.filter((_, i) => i !== 30).map(toy => toy.id).sort())
  expect(letters).toHaveLength(1)
})
