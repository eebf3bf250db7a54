/** Every metric of the engine, once, with its unit and help, in one registry. Shown at /metrics in the classic text format. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client'

/**
 * Upper bounds in seconds of the judging histogram. A claim takes some 10 µs, so the library's own buckets
 * (from 5 ms) would put everything into one. Lanes count into JUDGING_BUCKETS.length + 1 slots, the last for what is slower.
 */
export const JUDGING_BUCKETS = [
  10e-6, 25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 100e-3, 1
] as const
const WRITE_BUCKETS = [1e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const REQUEST_BUCKETS = [1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Names and help, without the prefix. Documents and dashboards are checked against this table. */
export const METRICS = {
  records_received_total: 'Records handed over by any source.',
  claims_judged_total: 'Claims judged for the first time.',
  claims_duplicate_total: 'Claims whose content was known already.',
  claims_corrected_total: 'Claims that replaced an older version.',
  claims_superseded_total: 'Claims older than the version known.',
  claims_late_total: 'Claims later than the lateness, judged from the store.',
  claims_learned_total: 'Master data and stock records taken in.',
  records_rejected_total: 'Records that could not become a claim, by reason.',
  flags_raised_total: 'Flags raised, revised or said again, by rule and severity.',
  flags_retracted_total: 'Flags retracted, by rule and severity.',
  judging_seconds: 'Time a lane takes to decode, remember and judge one record, in seconds.',
  lane_batch_seconds: 'Time from handing a batch to a lane until its reply, in seconds.',
  store_write_seconds: 'Time to make one flush durable in the store, in seconds, retries included.',
  store_rows_written_total: 'Rows made durable in the store, by table.',
  store_write_retries_total: 'Flushes tried again after the store refused or timed out.',
  pending_bytes: 'Bytes accepted and not yet durable.',
  lane_queue_depth: 'Batches waiting for a lane.',
  lane_restarts_total: 'Times a lane died and its memory was rebuilt.',
  watermark_timestamp_seconds: 'Least and greatest event time seen over all tasks, as seconds since 1970.',
  event_time_lag_seconds: 'Time now minus the watermark, in seconds, for the least and greatest task.',
  memory_persons: 'Persons in a lane’s memory.',
  memory_records: 'Records in a lane’s memory.',
  memory_bytes: 'Bytes held by a lane’s memory.',
  check_seconds: 'Time from the whole request of a check to its judgement, in seconds; those given up are included.',
  checks_timed_out_total: 'Checks answered with 503 because they were not done in time.',
  http_request_seconds: 'Time to answer an HTTP request, in seconds, by route, method and status.',
  http_buffered_bytes: 'Bytes reserved for request bodies being received.',
  build_info: 'Always 1; its labels say what is running.'
} as const
export type MetricName = keyof typeof METRICS

const PREFIX = 'fundwatch_'
/** Gauges that the library names like counters; promtool refuses them, and the same numbers are there by type. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/** What is running, as build_info's labels. */
export interface Build { readonly version: string, readonly rules_digest: string }

/**
 * A histogram that takes counts per bucket instead of single values: lanes count locally and main adds up once a batch.
 * prom-client's own histogram observes one value at a time, which would cost main as much as judging costs a lane.
 */
export class BulkHistogram {
  readonly name: string
  readonly help: string
  readonly type = 'histogram'
  readonly aggregator = 'sum'
  readonly #bounds: readonly number[]
  readonly #counts: Float64Array
  #sum = 0

  constructor (name: string, help: string, bounds: readonly number[]) {
    this.name = name
    this.help = help
    this.#bounds = bounds
    this.#counts = new Float64Array(bounds.length + 1)
  }

  /**
   * @param counts observations per bucket, not cumulative; one slot a bound and a last one for everything greater.
   * @param sum of the observed values in seconds.
   * @throws RangeError when `counts` was made for other bounds.
   */
  observeBuckets (counts: ArrayLike<number>, sum: number): void {
    if (counts.length !== this.#counts.length) {
      throw new RangeError(`${this.name} has ${this.#counts.length} buckets, not ${counts.length}`)
    }
    for (let i = 0; i < counts.length; i++) this.#counts[i] = (this.#counts[i] ?? 0) + (counts[i] ?? 0)
    this.#sum += sum
  }

  /** What the registry prints: cumulative buckets, sum and count. */
  async get (): Promise<object> {
    let total = 0
    const buckets = Array.from(this.#counts, (count, i) => {
      total += count
      return { metricName: `${this.name}_bucket`, labels: { le: this.#bounds[i] ?? '+Inf' }, value: total }
    })
    const values = [
      ...buckets,
      { metricName: `${this.name}_sum`, labels: {}, value: this.#sum },
      { metricName: `${this.name}_count`, labels: {}, value: total }
    ]
    return { name: this.name, help: this.help, type: this.type, aggregator: this.aggregator, values }
  }

  /** Part of what a registry expects of a metric. */
  reset (): void {
    this.#counts.fill(0)
    this.#sum = 0
  }
}

export type Metrics = ReturnType<typeof createMetrics>

/**
 * Makes the registry with every metric in it. Once a process: lanes report numbers to main and have no registry.
 * @param options.defaults also the process's own metrics (process_*, nodejs_*, under their customary names); main only.
 * @param options.now the clock that lag is measured against, in Millis.
 */
export function createMetrics (build: Build, options: { defaults?: boolean, now?: () => number } = {}) {
  const registry = new Registry()
  const now = options.now ?? Date.now
  const common = <N extends MetricName>(name: N) => ({ name: PREFIX + name, help: METRICS[name], registers: [registry] })
  const counter = <L extends string = never>(name: MetricName, ...labelNames: L[]) => new Counter<L>({ ...common(name), labelNames })
  const gauge = <L extends string = never>(name: MetricName, ...labelNames: L[]) => new Gauge<L>({ ...common(name), labelNames })

  const judging = new BulkHistogram(`${PREFIX}judging_seconds`, METRICS.judging_seconds, JUDGING_BUCKETS)
  // The registry asks a metric only for its name, get and reset; its types want the library's own classes.
  registry.registerMetric(judging as unknown as Metric)

  const watermark = gauge('watermark_timestamp_seconds', 'bound')
  const bounds = { min: 0, max: 0 }
  new Gauge({
    ...common('event_time_lag_seconds'),
    labelNames: ['bound'],
    collect () {
      if (bounds.max === 0) return
      this.set({ bound: 'min' }, (now() - bounds.min) / 1000)
      this.set({ bound: 'max' }, (now() - bounds.max) / 1000)
    }
  })
  gauge('build_info', 'version', 'rules_digest', 'node')
    .set({ ...build, node: process.versions.node }, 1)
  if (options.defaults === true) {
    collectDefaultMetrics({ register: registry })
    for (const name of MISNAMED) registry.removeSingleMetric(name)
  }

  return {
    registry,
    recordsReceived: counter('records_received_total'),
    claimsJudged: counter('claims_judged_total'),
    claimsDuplicate: counter('claims_duplicate_total'),
    claimsCorrected: counter('claims_corrected_total'),
    claimsSuperseded: counter('claims_superseded_total'),
    claimsLate: counter('claims_late_total'),
    claimsLearned: counter('claims_learned_total'),
    recordsRejected: counter('records_rejected_total', 'reason'),
    flagsRaised: counter('flags_raised_total', 'rule', 'severity'),
    flagsRetracted: counter('flags_retracted_total', 'rule', 'severity'),
    judging,
    laneBatchSeconds: new Histogram({ ...common('lane_batch_seconds'), buckets: WRITE_BUCKETS }),
    storeWriteSeconds: new Histogram({ ...common('store_write_seconds'), buckets: WRITE_BUCKETS }),
    storeRowsWritten: counter('store_rows_written_total', 'table'),
    storeWriteRetries: counter('store_write_retries_total'),
    pendingBytes: gauge('pending_bytes'),
    laneQueueDepth: gauge('lane_queue_depth', 'lane'),
    laneRestarts: counter('lane_restarts_total', 'lane'),
    memoryPersons: gauge('memory_persons', 'lane'),
    memoryRecords: gauge('memory_records', 'lane'),
    memoryBytes: gauge('memory_bytes', 'lane'),
    checkSeconds: new Histogram({ ...common('check_seconds'), buckets: REQUEST_BUCKETS }),
    checksTimedOut: counter('checks_timed_out_total'),
    httpRequestSeconds: new Histogram({
      ...common('http_request_seconds'), labelNames: ['route', 'method', 'status'], buckets: REQUEST_BUCKETS
    }),
    httpBufferedBytes: gauge('http_buffered_bytes'),
    /** Least and greatest watermark over the tasks that have seen anything, in Millis. */
    setWatermarks (min: number, max: number): void {
      bounds.min = min
      bounds.max = max
      watermark.set({ bound: 'min' }, min / 1000)
      watermark.set({ bound: 'max' }, max / 1000)
    }
  }
}
