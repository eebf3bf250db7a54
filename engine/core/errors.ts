/** The world's mistakes. Ours are `assert` (the process ends and replay heals); the data's are rejections. */

/** Every code, with what to do next. engine/ARCHITECTURE.md lists the same codes; a test holds the two together. */
export const ERROR_CODES = {
  CONFIG_INVALID: 'Correct the setting named in the message; `fundwatch config` prints them all.',
  STORE_UNREACHABLE: 'Check FUNDWATCH_STORE_URL and that the ClickHouse server answers /ping.',
  STORE_LOCKED: 'Another fundwatch process owns this data directory; stop it or use its HTTP address.',
  STORE_WRITE_FAILED: 'See the cause; the engine retries and keeps its place.',
  ENGINE_UNREACHABLE: 'Start the engine with `fundwatch run`, or pass --url.',
  REQUEST_REFUSED: 'The engine refused the request; correct what the message names.',
  RULE_INVALID: 'Correct the rule folder named in the message; `fundwatch rules` checks all of them.',
  INPUT_UNREADABLE: 'Check the path and that the file is NDJSON, MessagePack or CSV, plain or .gz.',
  LANE_LOST: 'A worker thread died; its memory is rebuilt from the store and its batch judged again.',
  OVERLOADED: 'Send more slowly; honour Retry-After.',
  CHECK_TIMED_OUT: 'Ask again after Retry-After; who can wait longer sets FUNDWATCH_CHECK_MS.'
} as const

export type ErrorCode = keyof typeof ERROR_CODES

export class EngineError extends Error {
  readonly code: ErrorCode
  constructor (code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EngineError'
    this.code = code
  }

  /** What the operator should do next. */
  get advice (): string {
    return ERROR_CODES[this.code]
  }
}
