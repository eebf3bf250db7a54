/** A command's arguments, parsed and checked: whatever it does not know is an error that says what was probably meant. */
import { parseArgs } from 'node:util'
import { UsageError, parserOptions } from './command.ts'
import type { Command, OptionValues } from './command.ts'
import { didYouMean } from './did-you-mean.ts'

export interface Arguments { readonly values: OptionValues, readonly positionals: readonly string[] }

/**
 * Parses what follows a command's name. With `--help` nothing else has to be there.
 * @throws UsageError for unknown or repeated options, options without their value, and too few or too many arguments
 */
export function parseArguments (command: Command, args: readonly string[]): Arguments {
  const parsed = parse(command, args)
  const given = parsed.tokens.filter(token => token.kind === 'option').map(token => token.name)
  const twice = given.find((name, i) => given.indexOf(name) !== i)
  if (twice !== undefined) throw new UsageError(`--${twice} is given twice.${seeHelp(command)}`)
  const values = parsed.values as Record<string, string | boolean | undefined>
  if (values.help !== true) checkCount(command, parsed.positionals)
  return { values, positionals: parsed.positionals }
}

function parse (command: Command, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: parserOptions(command.options), allowPositionals: true, strict: true, tokens: true })
  } catch (error) {
    throw new UsageError(`${described(command, error)}${seeHelp(command)}`)
  }
}

const seeHelp = ({ name }: Command): string => ` fundwatch ${name} --help shows what it takes.`

/** Node's own words, shortened; of an unknown option what was probably meant. */
function described (command: Command, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${message.split('\n', 1)[0]!.replace(/\.$/, '')}.`
  const option = /'(-[^']*)'/.exec(message)?.[1] ?? ''
  const known = [...Object.keys(command.options), 'help'].map(name => `--${name}`)
  return `${command.name} has no option ${option}.${didYouMean(option, known)}`
}

function checkCount (command: Command, positionals: readonly string[]): void {
  const { what, least, most } = command.takes ?? { what: '', least: 0, most: 0 }
  if (positionals.length < least) throw new UsageError(`${command.name} needs ${what}.${seeHelp(command)}`)
  const extra = positionals[most]
  if (extra === undefined) return
  const meant = didYouMean(extra, Object.keys(command.options).map(name => `--${name}`))
  const takes = most === 0 ? 'takes options only' : `takes ${most === 1 ? 'one' : most} ${what.replace(/^an? /, '')} only`
  throw new UsageError(`${command.name} ${takes}; "${extra}" is too much.${meant}${seeHelp(command)}`)
}
