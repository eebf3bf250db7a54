/** The pump with lanes whose threads are doubles: order, halving, quarantine, wrong routes, late claims, fullness, outages. */
import { expect, it } from 'vitest'
import { EngineError } from '../core/errors.ts'
import type { FlagRow } from '../core/flag.ts'
import type { ReferenceChange } from '../core/masterdata.ts'
import { IDENTITY } from '../evaluate/sightings.ts'
import type { Sighted } from '../evaluate/sightings.ts'
import type { MovedSettlement, Outcome, StoreBatch } from '../core/ports.ts'
import { sampleFlag } from '../store/samples.ts'
import { GroupCommit } from './group-commit.ts'
import { Lane } from './lane.ts'
import type { LaneThread } from './lane.ts'
import { BROADCAST, STATUSES } from './protocol.ts'
import type { JudgeReply, JudgeRequest, LaneRequest, RejudgeReply, RejudgeRequest, RouteRequest, Status } from './protocol.ts'
import { LATENCY_BUCKETS } from './latency.ts'
import { Pump } from './pump.ts'
import { layOut, recordAt } from './slab.ts'

/** A record as the doubles read it. `task` is what routing says, `owner` what judging finds (the same unless given). */
interface Toy { id: string, task: number, owner?: number, late?: true, deadly?: true, changes?: true, doubt?: number }
const DOUBTFUL = 7

const encode = (toys: readonly Toy[]): Uint8Array => Buffer.from(toys.map(toy => `${JSON.stringify(toy)}\n`).join(''))
const decode = (bytes: Uint8Array): Toy => JSON.parse(Buffer.from(bytes).toString()) as Toy
const text = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().split(' ').filter(id => id !== '')

/** A thread that remembers ids in the order in which it judged them, and dies of what is deadly. */
class ToyThread implements LaneThread {
  memory: string[] = []
  clock = -Infinity
  /** Deaths still to come while memory is rebuilt. */
  deathsWhileForgetting = 0
  /** Late records over which it dies every time. */
  readonly deadlyFromStore = new Set<string>()
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
      case 'see': return { incarnation, doubtful: Int32Array.from(request.numbers, n => n === DOUBTFUL ? 0 : -1).filter(place => place === 0) }
      case 'rejudge': return { incarnation, ...this.#rejudge(request) }
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
    const changes: ReferenceChange[] = []
    const sightings: Sighted[] = []
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
      statuses.push(toy.late ? 'late' : 'judged')
      if (toy.late) {
        late.push({ record: i, psn_no: toy.id })
        continue
      }
      if (toy.changes && !this.memory.includes(toy.id)) changes.push({ type: 'institution', key: toy.id, from: 0, to: 1 })
      this.memory.push(toy.id)
      if (persist) kept.push(toy.id)
      if (toy.doubt !== undefined) sightings.push({ lane: toy.doubt, numbers: Int32Array.of(DOUBTFUL), of: [IDENTITY], keys: [`H|${toy.id}`] })
    }
    const chunks = kept.length === 0 ? [] : [{ table: 'claims' as const, rows: kept.length, bytes: Buffer.from(`${kept.join(' ')} `) }]
    return {
      incarnation: String(this.#incarnation), statuses: Uint8Array.from(statuses, status => STATUSES.indexOf(status)), identities, flags: [], rejections: [],
      deadLetters: [], chunks, misrouted, late, changes, told: { seen: sightings, disturbed: [], items: [] }, eventTimeMax: 7, judgingCounts: new Float64Array(), judgingSum: 0, latencies: { counts: new Float64Array(LATENCY_BUCKETS), max: 0 }, unknownFields: 0,
      memory: { persons: 0, records: 0, bytes: 0 }
    }
  }

  /** Remembers and keeps what was late; of a person judged again it says so. */
  #rejudge ({ persons, late }: RejudgeRequest): Omit<RejudgeReply, 'incarnation'> {
    const ids = Array.from({ length: late.count }, (_, i) => {
      const { start, length } = recordAt(late, i)
      return decode(late.bytes.subarray(start, start + length)).id
    })
    if (ids.some(id => this.deadlyFromStore.has(id))) this.#die('a rule threw')
    this.memory.push(...ids)
    return {
      statuses: ids.map(() => 'judged' as const),
      told: { seen: [], disturbed: [], items: [] },
      flags: persons.map(({ psn_no }) => ({ record: ids.indexOf(psn_no), flag: sampleFlag({ flag_id: `again-${psn_no}` }) })),
      chunks: ids.length === 0 ? [] : [{ table: 'claims', rows: ids.length, bytes: Buffer.from(`${ids.join(' ')} `) }]
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

interface Options { lanes: number, batchRecords?: number, pendingBytesMax?: number, write?: (batch: StoreBatch) => Promise<void>, touched?: string[] }

function setUp ({ lanes: count, batchRecords = 8, pendingBytesMax = 1 << 20, write = async () => {}, touched = [] }: Options) {
  const threads = Array.from({ length: count }, () => new ToyThread())
  const stored: string[] = []
  const letters: StoreBatch['deadLetters'][number][] = []
  const lost: number[] = []
  const moved: MovedSettlement[] = []
  const flags: FlagRow[] = []
  const commit = new GroupCommit({
    write: async batch => {
      await write(batch)
      flags.push(...batch.flags)
      moved.push(...batch.moved ?? [])
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
      threads[lane.number]!.memory = stored.filter(id => owner.get(id) === BROADCAST || owner.get(id)! % count === lane.number)
      return [sampleFlag({ flag_id: `rebuilt-${lane.number}` })]
    },
    rejudge: async (lane, psn_nos, late) => {
      for (const id of threads[lane.number]!.memory) expect(stored.includes(id) || id.startsWith('lesson'), `${id} is durable`).toBe(true)
      return await lane.ask({ op: 'rejudge', persons: psn_nos.map(psn_no => ({ psn_no, records: [], flags: [] })), late: layOut(late), received: 0 })
    },
    touchedBy: async (_changes, after) => touched.filter(psn_no => psn_no > after).sort().slice(0, 2),
    misnamed: async () => [],
    shownIn: async () => [],
    ofItems: async () => [],
    asking: async () => [],
    subjects: async () => [],
    holders: async keys => keys.flatMap(key => ['p2', 'p1'].map((psn_no, i) => ({ fixmedins_code: 'H', setl_id: key.slice(2), psn_no, version: String(10 - i) }))),
    tasks: 6
  })
  const submit = async (...toys: Toy[]): Promise<Outcome[]> => {
    for (const toy of toys) owner.set(toy.id, toy.owner ?? toy.task)
    return await pump.submit(encode(toys), 'json', 'test')
  }
  return { pump, submit, threads, stored, letters, lost, flags, moved }
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

it('lets every lane learn what is for all, stores it once, and judges once what was only taken for it', async () => {
  const { submit, threads, stored, pump } = setUp({ lanes: 3 })
  expect((await submit({ id: 'lesson', task: BROADCAST }, { id: 'one', task: BROADCAST, owner: 4 })).map(statusOf)).toEqual(['judged', 'judged'])
  await pump.settle()
  for (const thread of threads) expect(thread.memory).toContain('lesson')
  expect(threads.flatMap(thread => thread.memory).filter(id => id === 'one')).toEqual(['one'])
  expect(threads[1]!.memory).toContain('one')
  expect([...stored].sort()).toEqual(['lesson', 'one'])
})

it('stores and answers a lesson when all lanes have judged again whom it touches, each its own', async () => {
  const touched = ['p1', 'p2', 'p3', 'p4', 'p5']
  let lessonStored = false
  const { submit, flags } = setUp({
    lanes: 2,
    touched,
    write: async batch => {
      if (!batch.chunks.some(chunk => text(chunk.bytes).includes('lesson'))) return
      lessonStored = true
      expect(new Set(flags.map(flag => flag.flag_id))).toEqual(new Set(touched.map(psn_no => `again-${psn_no}`)))
    }
  })
  expect((await submit({ id: 'lesson', task: BROADCAST, changes: true })).map(statusOf)).toEqual(['judged'])
  expect(lessonStored).toBe(true)
  expect(flags.map(flag => flag.flag_id).sort()).toEqual(touched.map(psn_no => `again-${psn_no}`))
  await submit({ id: 'lesson', task: BROADCAST, changes: true })
  expect(flags).toHaveLength(touched.length)
})

it('tells a lane again what it lost with its memory before it was stored', async () => {
  let release = (): void => {}
  const held = new Promise<void>(resolve => { release = resolve })
  const { submit, threads, stored, pump } = setUp({
    lanes: 2, touched: ['p1'], write: async batch => { if (batch.flags.some(flag => flag.flag_id.startsWith('again'))) await held }
  })
  const lesson = submit({ id: 'lesson', task: BROADCAST, changes: true })
  await new Promise(resolve => setTimeout(resolve, 30)) // one lane has learned it, and what that caused waits for the store
  for (const thread of threads) await thread.lose()
  const next = submit({ id: 'a', task: 0 }, { id: 'b', task: 1 })
  release()
  expect((await next).map(statusOf)).toEqual(['judged', 'judged'])
  expect((await lesson).map(statusOf)).toEqual(['judged'])
  await pump.settle()
  for (const thread of threads) expect(thread.memory).toContain('lesson')
  expect(stored.filter(id => id === 'lesson')).toEqual(['lesson'])
})

it('looks at what another lane has seen with somebody else, says whose it is, and judges both again before it answers', async () => {
  const { submit, flags, moved, stored } = setUp({ lanes: 2 })
  expect((await submit({ id: 'mine', task: 1, doubt: 0 }, { id: 'other', task: 0 })).map(statusOf)).toEqual(['judged', 'judged'])
  expect(stored).toContain('mine')
  expect(moved).toEqual([{ fixmedins_code: 'H', setl_id: 'mine', psn_no: 'p2', version: '10' }])
  expect(flags.map(flag => flag.flag_id).sort()).toEqual(['again-p1', 'again-p2'])
})

it('judges a late claim from the store when all before it is durable, and reports what that changed', async () => {
  const { submit, flags, stored, threads } = setUp({ lanes: 2 })
  const outcomes = await submit({ id: 'early', task: 1 }, { id: 'late', task: 1, late: true })
  const changed = sampleFlag({ flag_id: 'again-late' })
  expect(outcomes).toEqual([{ status: 'judged', identity: 'early', flags: [] }, { status: 'late', identity: 'late', flags: [changed] }])
  expect(flags).toEqual([changed])
  expect(stored).toEqual(['early', 'late'])
  expect(threads[1]!.memory).toEqual(['early', 'late'])
})

it('gives up on a late claim that kills its lane every time, says so in a dead letter, and judges its neighbours', async () => {
  const { submit, threads, letters, stored } = setUp({ lanes: 1 })
  threads[0]!.deadlyFromStore.add('bad')
  const outcomes = await submit({ id: 'good', task: 1, late: true }, { id: 'bad', task: 1, late: true }, { id: 'next', task: 1 })
  expect(outcomes.map(statusOf)).toEqual(['late', 'judging_failed', 'judged'])
  expect(letters).toMatchObject([{ reason: 'judging_failed', seen: 'lane 0 failed: a rule threw', origin: { offset: 1 } }])
  expect([...stored].sort()).toEqual(['good', 'next'])
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
