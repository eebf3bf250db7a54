/** `npm run mutate [-- --rule ID] [--survivors] [--json]`: do the tests of the rules notice when a rule is wrong? Exits 1 when not. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { readEquivalent } from './equivalent.ts'
import { mutationPass, type PassResult, percentOf } from './pass.ts'
import { mutantPool } from './pool.ts'
import { faultsOf, jsonOf, survivorsOf, tableOf } from './report.ts'
import { Targets } from './target.ts'

const USAGE = 64

const { values } = parseArgs({
  options: {
    rule: { type: 'string', multiple: true },
    survivors: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false }
  }
})
const started = performance.now()
const seconds = (): number => Math.round((performance.now() - started) / 100) / 10
const targets = new Targets()
const chosen = values.rule ?? targets.names
const equivalent = readEquivalent()
const strangers = [...chosen, ...equivalent.map(({ rule }) => rule)].filter(name => !targets.names.includes(name))
if (strangers.length > 0) {
  console.error(`neither a rule nor a helper that rules use: ${strangers.join(', ')}; there are ${targets.names.join(', ')}`)
  process.exit(USAGE)
}

const threads = Math.min(2, availableParallelism())
const { tryOne, close } = mutantPool(threads)
const result = await mutationPass({
  targets: chosen,
  attempts: target => targets.attempts(target),
  tryOne,
  threads,
  equivalent,
  progress: score => {
    const { target, killed, mutants } = score
    console.error(`${String(seconds()).padStart(6)} s  ${target}: ${killed} of ${mutants} killed, ${percentOf(score).toFixed(1)} %`)
  }
})
await close()
if (values.json) console.log(jsonOf(result, seconds()))
else show(result)
for (const fault of faultsOf(result)) console.error(fault)
process.exit(faultsOf(result).length === 0 ? 0 : 1)

function show ({ scores, hash }: PassResult): void {
  console.log(tableOf(scores))
  if (values.survivors) console.log(`\n${survivorsOf(scores)}`)
  console.log(`\nresult ${hash}, ${seconds()} s on ${threads} threads`)
}
