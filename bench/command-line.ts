/** What the faces of `npm run accuracy|kill|bench` share: --help, and a message instead of a stack for what they do not know. */
import { parseArgs } from 'node:util'
import { EXIT, UsageError, exitCodeOf } from '../engine/cli/command.ts'
import type { OptionValues } from '../engine/cli/command.ts'
import { didYouMean } from '../engine/cli/did-you-mean.ts'
import { table } from '../engine/cli/output.ts'
import { EngineError } from '../engine/core/errors.ts'

export interface FaceOption {
  readonly type: 'string' | 'boolean'
  /** What stands after it, as help shows it. */
  readonly value?: string
  readonly says: string
}

export interface Face {
  /** The script's name in package.json. */
  readonly name: string
  readonly says: string
  readonly options: Readonly<Record<string, FaceOption>>
  /** Resolves with the exit code. @throws UsageError for values that are wrong */
  readonly run: (values: OptionValues) => Promise<number>
}

/** Runs a face with what was typed after `--`. Resolves with the exit code: 64 for what it does not take, 70 for a defect of ours. */
export async function runFace (face: Face, argv: readonly string[]): Promise<number> {
  try {
    const values = parsed(face, argv)
    if (values.help !== true) return await face.run(values)
    process.stdout.write(`${usage(face)}\n`)
    return EXIT.ok
  } catch (error) {
    process.stderr.write(`${face.name}: ${described(error)}\n`)
    return exitCodeOf(error)
  }
}

function parsed ({ name, options }: Face, argv: readonly string[]): OptionValues {
  // Texts given several times are one list with commas; where one number is wanted, that is refused as none.
  const types = Object.fromEntries(Object.entries(options).map(([option, { type }]) => [option, { type, multiple: type === 'string' }]))
  try {
    const { values } = parseArgs({ args: [...argv], options: { ...types, help: { type: 'boolean', short: 'h' } } })
    return Object.fromEntries(Object.entries(values).map(([option, value]) => [option, Array.isArray(value) ? value.join(',') : value]))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^']*)'/.exec(message)?.[1] : undefined
    const says = unknown === undefined
      ? `${message.split('\n', 1)[0]!.replace(/\.$/, '')}.`
      : `there is no option ${unknown}.${didYouMean(unknown, Object.keys(options).map(option => `--${option}`))}`
    throw new UsageError(`${says} npm run ${name} -- --help shows what it takes.`)
  }
}

function usage ({ name, says, options }: Face): string {
  const rows = Object.entries(options).map(([option, { value, says }]) => [`  --${option}${value === undefined ? '' : ` ${value}`}`, says])
  return [says, '', `Usage: npm run ${name} -- [options]`, '', 'Options:', table([...rows, ['  -h, --help', 'this text']])].join('\n')
}

function described (error: unknown): string {
  if (error instanceof UsageError) return error.message
  if (error instanceof EngineError) return `${error.message}\n  ${error.advice}`
  return error instanceof Error ? error.stack ?? error.message : String(error)
}
