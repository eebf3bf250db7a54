/** What waits for the lanes: which lane owns which task, the records queued for it, and those of a partition that is held back. */
import type { Random } from '../../bench/workload/prng.ts'
import { EVERY_TASK } from '../evaluate/evaluate-batch.ts'
import type { Sent } from './virtual-lane.ts'

export class Queues {
  /** The lane of every task. */
  readonly #owners: number[]
  readonly #queues: Sent[][]
  /** When each record arrived: its place among all of them. Master data told to every lane have none. */
  readonly #arrived: ReadonlyMap<Sent, number>
  /** Records of the partition held back that have not arrived yet, the next one first. */
  readonly #held: Sent[]

  /**
   * @param records in the order of their arrival
   * @param heldTask the task whose records wait until everything that arrived before them was taken; null for none
   */
  constructor (lanes: number, tasks: number, records: readonly Sent[], heldTask: number | null) {
    this.#owners = Array.from({ length: tasks }, (_, task) => task % lanes)
    this.#queues = Array.from({ length: lanes }, () => [])
    this.#arrived = new Map(records.map((sent, place) => [sent, place]))
    this.#held = records.filter(({ task }) => task === heldTask)
    for (const sent of records) if (sent.task !== heldTask) this.#of(sent.task).push(sent)
  }

  ownerOf (task: number): number {
    return this.#owners[task]!
  }

  tasksOf (lane: number): number[] {
    return this.#owners.flatMap((owner, task) => owner === lane ? [task] : [])
  }

  /** Lanes that have something to take. */
  waiting (): number[] {
    this.#release()
    return this.#queues.flatMap((queue, lane) => queue.length > 0 ? [lane] : [])
  }

  take (lane: number, most: number): Sent[] {
    return this.#queues[lane]!.splice(0, most)
  }

  /** What a lane took is to be taken again, before anything else, by whoever owns it now; master data by the same lane. */
  putBack (lane: number, batch: readonly Sent[]): void {
    for (const sent of batch.toReversed()) (sent.task === EVERY_TASK ? this.#queues[lane]! : this.#of(sent.task)).unshift(sent)
  }

  /** Has every lane told of something, each somewhere among what waits for it. */
  tell (sent: Sent, random: Random): void {
    for (const queue of this.#queues) queue.splice(random.below(queue.length + 1), 0, sent)
  }

  /** Another lane owns a task from now on: what was queued for the old owner waits for the new one. */
  move (task: number, to: number): void {
    const from = this.#of(task)
    const moved = from.filter(sent => sent.task === task)
    this.#queues[this.ownerOf(task)] = from.filter(sent => sent.task !== task)
    this.#owners[task] = to
    this.#queues[to]!.push(...moved)
  }

  #of (task: number): Sent[] {
    return this.#queues[this.ownerOf(task)]!
  }

  /** What was held back arrives when all that arrives before it has been taken. */
  #release (): void {
    if (this.#held.length === 0) return
    const { task } = this.#held[0]!
    const others = this.#queues.flat().filter(sent => sent.task !== task)
    const next = Math.min(...others.map(sent => this.#arrived.get(sent) ?? Infinity))
    while (this.#held.length > 0 && this.#arrived.get(this.#held[0]!)! < next) this.#of(task).push(this.#held.shift()!)
  }
}
