/** What a command line asks for, done: finds the command, checks its arguments, runs it. fundwatch.ts turns errors into exit codes. */
import { packageVersion } from '../core/version.ts'
import { parseArguments } from './arguments.ts'
import { EXIT, UsageError } from './command.ts'
import type { Command } from './command.ts'
import { checkCommand } from './commands/check.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { generateCommand } from './commands/generate.ts'
import { mediansCommand } from './commands/medians.ts'
import { migrateCommand } from './commands/migrate.ts'
import { replayCommand } from './commands/replay.ts'
import { rulesCommand } from './commands/rules.ts'
import { runCommand } from './commands/run.ts'
import { help, overview } from './help.ts'
import { didYouMean } from './did-you-mean.ts'
import { out, say } from './output.ts'

export const COMMANDS: readonly Command[] = [
  runCommand, replayCommand, checkCommand, generateCommand, rulesCommand, explainCommand, doctorCommand, configCommand, migrateCommand,
  mediansCommand
]

/**
 * Runs a command line (without node and script). Resolves with the exit code.
 * @throws UsageError for what it does not know, and what the command throws
 */
export async function runCommandLine (argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  switch (name) {
    case undefined:
      say(overview(COMMANDS))
      return EXIT.usage
    case '--help': case '-h': case 'help': return explainItself(rest)
    case '--version': case '-V': case 'version':
      if (rest.length > 0) throw new UsageError(`${name} takes no arguments; "${rest[0]}" is too much.`)
      out(`fundwatch ${packageVersion()}`)
      return EXIT.ok
    default: {
      const command = find(name)
      const { values, positionals } = parseArguments(command, rest)
      if (values.help === true) return explainItself([command.name])
      return await command.run({ values, positionals })
    }
  }
}

/** `help`, or `help COMMAND`. */
function explainItself ([name, ...rest]: readonly string[]): number {
  if (rest.length > 0) throw new UsageError(`help takes one command only; "${rest[0]}" is too much.`)
  out(name === undefined ? overview(COMMANDS) : help(find(name)))
  return EXIT.ok
}

function find (name: string): Command {
  const command = COMMANDS.find(c => c.name === name)
  if (command !== undefined) return command
  const [what, known] = name.startsWith('-')
    ? [`there is no option ${name} before a command.`, ['--help', '--version']]
    : [`there is no command "${name}".`, COMMANDS.map(c => c.name)]
  throw new UsageError(`${what}${didYouMean(name, known)} fundwatch --help lists them all.`)
}
