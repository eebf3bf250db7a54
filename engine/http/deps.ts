/** What the HTTP face is given: the ports, the rules, and how it may behave. main.ts provides it. */
import type { Checker, Intake, StoreReader } from '../core/ports.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { Millis } from '../core/time.ts'
import type { Metrics } from '../metrics.ts'

/** What the engine says of itself; asked for on every /readyz and page, so it must be cheap. */
export interface EngineStatus {
  readonly phase: 'starting' | 'recovering' | 'running' | 'draining'
  readonly store_reachable: boolean
  /** Stored claims folded so far and to fold altogether; both 0 when there was nothing to recover. */
  readonly recovered_claims: number
  readonly claims_to_recover: number
  readonly lanes: number
  /** Greatest event time seen in any task; null before the first claim. */
  readonly watermark: Millis | null
  readonly version: string
}

export interface HttpSettings {
  /** Every request but the two health checks must carry it; null = no check (loopback only). */
  readonly token: string | null
  /** Bytes of one request body at most, also once unpacked. */
  readonly maxBodyBytes: number
  /** Bytes of all request bodies being received at most; beyond it 503. */
  readonly maxBufferedBytes: number
  /** Bytes accepted and not yet durable at most; beyond it 503 before the body is read. */
  readonly maxPendingBytes: number
  /** Requests one client address may have under way at most; beyond it 429. */
  readonly maxClientRequests: number
  /** Bytes of a check's body at most, also once unpacked. */
  readonly maxCheckBytes: number
  /** How long a check may take, in milliseconds; beyond it 503. */
  readonly checkMs: number
  /** What Retry-After says after 429 and 503, in seconds. */
  readonly retryAfterSeconds: number
}

/** What is logged of a request that failed on our side. Never its body, query or any value from it. */
export interface Failure { readonly method: string, readonly route: string, readonly code: string, readonly error: unknown }

export interface ServerDeps {
  readonly intake: Intake
  readonly checker: Checker
  readonly reader: StoreReader
  readonly rulebook: Rulebook
  readonly metrics: Metrics
  readonly status: () => EngineStatus
  readonly settings: HttpSettings
  readonly onFailure?: (failure: Failure) => void
}
