/** How soon is a claim posted over HTTP answered with its flags, durable, at 1, 16 and 128 connections? */
import autocannon from 'autocannon'
import { hashOf } from '../bench.ts'
import type { Bench, Figure } from '../bench.ts'
import { withEngine } from '../canonical/engine-run.ts'
import { generate } from '../workload/generate.ts'

const CONNECTIONS = [1, 16, 128]

export const httpBench: Bench = async ({ smoke, seed }) => {
  const seconds = smoke ? 1 : 10
  // Reference data first, then claims; each request carries the next claim, so that nothing is a duplicate.
  const records = [...generate({ seed, claims: smoke ? 2000 : 60_000 }).records]
  const master = records.filter(record => 'type' in record)
  const claims = records.filter(record => !('type' in record)).map(record => JSON.stringify(record))
  const figures: Figure[] = []
  await withEngine({ FUNDWATCH_CLIENT_REQUESTS_MAX: '1024' }, true, async engine => {
    await engine.submitPatiently(new TextEncoder().encode(JSON.stringify(master)), 'json', 'bench')
    let next = 0
    for (const connections of CONNECTIONS) {
      const result = await autocannon({
        url: `${engine.url}/v1/claims`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        connections,
        duration: seconds,
        requests: [{ setupRequest: request => ({ ...request, body: claims[next++ % claims.length]! }) }]
      })
      if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} errors`)
      const { p50, p99, max } = result.latency
      const note = `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`
      figures.push({ name: `POST at ${connections} connections`, unit: 'requests/s', samples: [result.requests.average], note })
    }
  })
  return { bench: 'http', figures, hash: hashOf(claims.slice(0, 100)) }
}
