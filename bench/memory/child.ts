/** A process of its own for each measurement of memory: what an earlier one gave back would be counted as not taken. */
import { loadRulebook } from '../../engine/core/rulebook/load.ts'
import { personsAt } from './persons.ts'
import type { PersonsAt } from './persons.ts'
import { seenAt } from './seen.ts'
import type { SeenAt } from './seen.ts'

export type Task =
  | { readonly what: 'seen', readonly sizes: readonly number[], readonly seed: number }
  | { readonly what: 'persons', readonly persons: number, readonly seed: number }

export type Measured = { readonly seen: SeenAt[] } | { readonly persons: PersonsAt }

async function run (task: Task): Promise<Measured> {
  if (task.what === 'persons') return { persons: personsAt(task.persons, task.seed, await loadRulebook()) }
  return { seen: seenAt(task.sizes, task.seed, ({ keys }) => { console.error(`memory: ${keys.toLocaleString('en')} keys seen`) }) }
}

process.send!(await run(JSON.parse(process.argv[2]!) as Task))
process.disconnect()
