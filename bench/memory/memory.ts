/** What do seen keys and persons take, and how long do the calls take that remember them, the longest included? By size. */
import { fork } from 'node:child_process'
import { hashOf } from '../bench.ts'
import type { Bench, Figure, Quantiles } from '../bench.ts'
import type { Measured, Task } from './child.ts'
import { assertRoom } from './own-process.ts'
import { BYTES_PER_PERSON_MAX } from './persons.ts'
import type { PersonsAt } from './persons.ts'
import { BYTES_PER_KEY_MAX } from './seen.ts'
import type { Calls, SeenAt } from './seen.ts'

/** Processes run the compiled file, also when this one runs from its source. */
const CHILD = new URL(import.meta.url.endsWith('.ts') ? '../../dist/bench/memory/child.js' : './child.js', import.meta.url)

export const memoryBench: Bench = async ({ seed, rounds, keys, persons }) => {
  assertRoom(keys.at(-1)! * BYTES_PER_KEY_MAX, `${keys.at(-1)!.toLocaleString('en')} keys`)
  assertRoom(persons.at(-1)! * BYTES_PER_PERSON_MAX, `${persons.at(-1)!.toLocaleString('en')} persons`)
  const seen: SeenAt[][] = []
  const lanes: PersonsAt[][] = persons.map(() => [])
  for (let round = 0; round < rounds; round++) {
    console.error(`memory: round ${round + 1} of ${rounds}`)
    const measured = await inOwnProcess({ what: 'seen', sizes: keys, seed })
    if ('seen' in measured) seen.push(measured.seen)
    for (const [i, count] of persons.entries()) {
      const measured = await inOwnProcess({ what: 'persons', persons: count, seed })
      if ('persons' in measured) lanes[i]!.push(measured.persons)
      console.error(`memory: ${count.toLocaleString('en')} persons judged`)
    }
  }
  const facts = [
    ...keys.map((_, i) => seen.map(round => `${round[i]!.keys} ${round[i]!.bytes} ${round[i]!.repeated}`)),
    ...lanes.map(each => each.map(({ persons, bytes, hash }) => `${persons} ${bytes} ${hash}`))
  ]
  const unlike = facts.find(each => new Set(each).size !== 1)
  if (unlike !== undefined) throw new Error(`the same keys or visits gave different memories: ${unlike.join('; ')}`)
  return {
    bench: 'memory',
    figures: [...keys.flatMap((_, i) => keyFigures(seen.map(round => round[i]!))), ...lanes.flatMap(personFigures)],
    hash: hashOf(facts.map(each => each[0]!))
  }
}

async function inOwnProcess (task: Task): Promise<Measured> {
  return await new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(task)], { execArgv: ['--expose-gc'] })
    let measured: Measured | null = null
    child.on('message', message => { measured = message as Measured })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (measured !== null && code === 0) resolve(measured)
      else reject(new Error(`measuring ${task.what} ended with ${signal ?? code}`))
    })
  })
}

function keyFigures (rounds: readonly SeenAt[]): Figure[] {
  const { keys, fresh, repeated, segments } = rounds.at(-1)!
  const name = `${keys.toLocaleString('en')} keys`
  const calls = (what: string, of: (at: SeenAt) => Calls): Figure[] => [
    { name: `${name}: ${what}, mean`, unit: 'ns/call', samples: rounds.map(at => of(at).mean), note: 'in blocks of 64' },
    ...spread(`${name}: ${what}`, 'ns', rounds.map(at => of(at).single), 'the clock included')
  ]
  return [
    {
      name: `${name}: held`, unit: 'bytes/key', samples: rounds.map(at => at.bytes / keys),
      note: `${segments} segments; ${repeated} fingerprints fell together`
    },
    { name: `${name}: process grew by`, unit: 'bytes/key', samples: rounds.map(at => at.resident / keys) },
    { name: `${name}: at most, garbage included`, unit: 'bytes/key', samples: rounds.map(at => at.peak / keys) },
    ...calls('see a new one', at => at.fresh),
    {
      name: `${name}: longest see while growing`, unit: 'µs', samples: rounds.map(at => at.fresh.longest),
      note: `${fresh.over1} blocks of 64 over 1 ms, ${fresh.over10} over 10 ms, in the last round`
    },
    { name: `${name}: the longest by processor time`, unit: 'µs', samples: rounds.map(at => at.fresh.busiest) },
    ...calls('see a known one', at => at.again),
    { name: `${name}: longest see of a known one`, unit: 'µs', samples: rounds.map(at => at.again.longest) },
    ...spread(`${name}: sweep of a segment`, 'µs', rounds.map(at => at.sweep))
  ]
}

function personFigures (rounds: readonly PersonsAt[]): Figure[] {
  const { persons, flags } = rounds.at(-1)!
  const name = `${persons.toLocaleString('en')} persons`
  return [
    {
      name: `${name}: held`, unit: 'bytes/person', samples: rounds.map(at => at.bytes / persons), note: `five visits each; ${flags} flags`
    },
    { name: `${name}: process grew by`, unit: 'bytes/person', samples: rounds.map(at => at.resident / persons) },
    { name: `${name}: at most, garbage included`, unit: 'bytes/person', samples: rounds.map(at => at.peak / persons) },
    ...spread(`${name}: judge while growing`, 'µs', rounds.map(at => at.growing)),
    { name: `${name}: the longest by processor time`, unit: 'µs', samples: rounds.map(at => at.busiest) },
    ...spread(`${name}: judge a sixth visit`, 'µs', rounds.map(at => at.next))
  ]
}

function spread (name: string, unit: string, rounds: readonly Quantiles[], note = ''): Figure[] {
  return ([['p50', 'p50'], ['p99', 'p99'], ['p99.9', 'p999'], ['max', 'max']] as const)
    .map(([shown, key]) => ({ name: `${name}, ${shown}`, unit, samples: rounds.map(each => each[key]), note }))
}
