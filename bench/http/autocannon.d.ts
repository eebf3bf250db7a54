/** What these benchmarks use of autocannon, which ships no types. */
declare module 'autocannon' {
  interface Request { body: string }
  /** One a request, and the same in its answer, as long as requests are not pipelined. */
  type Context = Record<string, unknown>
  interface Asking {
    setupRequest: (request: Request, context: Context) => Request
    onResponse?: (status: number, body: string, context: Context) => void
  }
  interface Options {
    url: string, method: string, headers: Record<string, string>, connections: number
    /** Seconds; what is under way at their end is cut off. */
    duration?: number
    /** Requests; each is waited for. */
    amount?: number
    requests: Asking[]
  }
  interface Result {
    requests: { average: number, total: number }
    latency: { p50: number, p99: number, max: number }
    non2xx: number
    /** Broken connections and timeouts. */
    errors: number
  }
  interface Running extends Promise<Result> {
    on: (event: 'response', heard: (client: unknown, status: number, bytes: number, milliseconds: number) => void) => void
  }
  export default function autocannon (options: Options): Running
}
