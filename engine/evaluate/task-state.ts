/** What a lane holds for one task: memory, and how far its claims and the clock have come. */
import type { TaskMemory } from '../memory/task-memory.ts'
import type { Millis } from '../core/time.ts'

export class TaskState {
  readonly memory: TaskMemory
  /** Greatest event time of the task's claims: lateness and expiry go by it. */
  watermark: Millis = -Infinity
  /** How far advance() has said that the world has come. */
  clock: Millis = -Infinity

  constructor (memory: TaskMemory) {
    this.memory = memory
  }

  /** What rules see as the watermark. */
  get now (): Millis {
    return Math.max(this.watermark, this.clock)
  }
}
