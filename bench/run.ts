/** `npm run bench`: every benchmark, or some; `--smoke` only shows that they still run. Figures go to stdout. */
import { parseArgs } from 'node:util'
import { calibrate, format, machine } from './bench.ts'
import type { Bench } from './bench.ts'
import { replayBench } from './canonical/replay.ts'
import { decodeBench } from './decode/decode.ts'
import { httpBench } from './http/post.ts'
import { laneBench } from './lane/lane.ts'

const BENCHES: Readonly<Record<string, Bench>> = { decode: decodeBench, lane: laneBench, replay: replayBench, http: httpBench }

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string', multiple: true },
    seed: { type: 'string', default: '7' }, rounds: { type: 'string', default: '5' }
  }
})
const smoke = values.smoke === true
const rounds = smoke ? 1 : Number(values.rounds)
const chosen = values.only ?? Object.keys(BENCHES)
const unknown = chosen.filter(name => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
  process.exit(64)
}

console.error(machine())
for (const name of chosen) {
  const before = calibrate()
  const report = await BENCHES[name]!({ smoke, seed: Number(values.seed), rounds })
  const after = calibrate()
  if (values.json === true) {
    console.log(JSON.stringify({ ...report, calibrationMs: [before, after], machine: machine() }))
  } else {
    console.log(`\n${name}  (calibration ${before.toFixed(0)} … ${after.toFixed(0)} ms, result ${report.hash})`)
    for (const figure of report.figures) console.log(`  ${format(figure).join('  ')}`)
  }
}
process.exit(0)
