/** What a command is. The help, the argument parser and the exit codes all come from this one table. */
import type { ParseArgsConfig } from 'node:util'
import { EngineError } from '../core/errors.ts'
import type { ErrorCode } from '../core/errors.ts'

/** sysexits.h codes, as far as used. 1 = the work was done and what it found is bad. */
export const EXIT = {
  ok: 0, findings: 1, usage: 64, data: 65, unavailable: 69, software: 70, cannotCreate: 73, io: 74, retry: 75, config: 78
} as const

const EXIT_OF: Record<ErrorCode, number> = {
  CONFIG_INVALID: EXIT.config,
  STORE_UNREACHABLE: EXIT.unavailable,
  STORE_LOCKED: EXIT.unavailable,
  STORE_WRITE_FAILED: EXIT.io,
  ENGINE_UNREACHABLE: EXIT.unavailable,
  REQUEST_REFUSED: EXIT.data,
  RULE_INVALID: EXIT.config,
  INPUT_UNREADABLE: EXIT.io,
  LANE_LOST: EXIT.software,
  OVERLOADED: EXIT.retry,
  CHECK_TIMED_OUT: EXIT.retry
}

/** The exit code that an error stands for; 70 for our own mistakes. */
export function exitCodeOf (error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage
  if (error instanceof Interrupted) return error.exitCode
  if (error instanceof OutputError) return EXIT.cannotCreate
  return error instanceof EngineError ? EXIT_OF[error.code] : EXIT.software
}

/** The command line does not say what a command needs. */
export class UsageError extends Error {}

/** A signal ended the work. Its message is made when it is asked for: what was under way may have become durable since. */
export class Interrupted extends Error {
  readonly exitCode: number
  readonly #says: () => string

  constructor (exitCode: number, says: () => string) {
    super()
    this.exitCode = exitCode
    this.#says = says
  }

  override get message (): string {
    return this.#says()
  }
}

/** A result cannot be written to where it was asked for. */
export class OutputError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>
export interface Option { readonly type: 'string' | 'boolean', readonly short?: string, readonly says: string, readonly value?: string }
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** What a command takes besides options: how many, and what each is called. */
export interface Takes { readonly what: string, readonly least: number, readonly most: number }

export interface Command {
  readonly name: string
  readonly summary: string
  /** Arguments after the name, as help shows them. */
  readonly usage: string
  /** Lines of help between usage and options. */
  readonly more?: readonly string[]
  /** Nothing but options when left out. */
  readonly takes?: Takes
  readonly options: Readonly<Record<string, Option>>
  readonly examples: readonly string[]
  readonly run: (args: { readonly values: OptionValues, readonly positionals: readonly string[] }) => Promise<number>
}

/** The options as node's own parser wants them. */
export function parserOptions (options: Command['options']): Options {
  const all: Options = { help: { type: 'boolean', short: 'h' } }
  for (const [name, { type, short }] of Object.entries(options)) all[name] = short === undefined ? { type } : { type, short }
  return all
}

/** An option's text, if it was given. */
export function textOf (values: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** A whole number from the command line. @throws UsageError when it is none or out of range. */
export function numberOf (values: OptionValues, name: string, initial: number, min: number, max: number): number {
  const text = textOf(values, name)
  if (text === undefined) return initial
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < min || number > max) {
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not ${text}`)
  }
  return number
}

/** Where an engine listens, from the command line. @throws UsageError when it is no http address. */
export function urlOf (values: OptionValues): string | undefined {
  const text = textOf(values, 'url')
  if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text
  throw new UsageError(`--url must be an address such as http://127.0.0.1:8420, not ${text}`)
}
