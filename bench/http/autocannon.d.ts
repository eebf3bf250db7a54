/** What this benchmark uses of autocannon, which ships no types. */
declare module 'autocannon' {
  interface Request { body: string }
  interface Options {
    url: string, method: string, headers: Record<string, string>, connections: number, duration: number
    requests: Array<{ setupRequest: (request: Request) => Request }>
  }
  interface Result {
    requests: { average: number, total: number }
    latency: { p50: number, p99: number, max: number }
    non2xx: number
    errors: number
  }
  export default function autocannon (options: Options): Promise<Result>
}
