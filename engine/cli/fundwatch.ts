#!/usr/bin/env node
/** The command line: finds the command, parses its arguments, and turns every error into a message and an exit code. */
import { parseArgs } from 'node:util'
import { distance } from 'fastest-levenshtein'
import { EngineError } from '../core/errors.ts'
import { EXIT, UsageError, exitCodeOf, parserOptions } from './command.ts'
import type { Command } from './command.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { generateCommand } from './commands/generate.ts'
import { migrateCommand } from './commands/migrate.ts'
import { replayCommand } from './commands/replay.ts'
import { rulesCommand } from './commands/rules.ts'
import { runCommand } from './commands/run.ts'
import { out, say, table } from './output.ts'

const COMMANDS: readonly Command[] = [
  runCommand, replayCommand, generateCommand, rulesCommand, explainCommand, doctorCommand, configCommand, migrateCommand
]

function overview (): string {
  return [
    'fundwatch – watches the medical-insurance fund: settled claims in, explained suspicions (疑点) out',
    '',
    'Usage: fundwatch <command> [options]',
    '',
    table(COMMANDS.map(c => [`  ${c.name}`, c.summary])),
    '',
    'fundwatch <command> --help explains one command. Settings: fundwatch config.'
  ].join('\n')
}

function help (command: Command): string {
  const options = Object.entries(command.options).map(([name, o]) =>
    [`  ${o.short === undefined ? '    ' : `-${o.short}, `}--${name}${o.type === 'string' ? ` ${o.value ?? 'VALUE'}` : ''}`, o.says])
  return [
    `fundwatch ${command.name} – ${command.summary}`,
    '',
    `Usage: fundwatch ${command.name} ${command.usage}`.trimEnd(),
    '',
    ...(options.length === 0 ? [] : ['Options:', table(options), '']),
    'Examples:',
    ...command.examples.map(e => `  ${e}`)
  ].join('\n')
}

function find (name: string): Command {
  const command = COMMANDS.find(c => c.name === name)
  if (command !== undefined) return command
  const nearest = COMMANDS.reduce((best, c) => (distance(name, c.name) < distance(name, best.name) ? c : best))
  throw new UsageError(`there is no command "${name}". Did you mean "${nearest.name}"? fundwatch --help lists them all.`)
}

async function main (argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined) {
    say(overview())
    return EXIT.usage
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    out(overview())
    return EXIT.ok
  }
  const command = find(name)
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: rest, options: parserOptions(command.options), allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}. fundwatch ${command.name} --help shows what it takes.`)
  }
  if (parsed.values.help === true) {
    out(help(command))
    return EXIT.ok
  }
  const values = parsed.values as Record<string, string | boolean | undefined>
  return await command.run({ values, positionals: parsed.positionals })
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageError) say(`fundwatch: ${error.message}`)
  else if (error instanceof EngineError) say(`fundwatch: ${error.message}\n  ${error.advice}`)
  else say(`fundwatch: a defect of ours: ${error instanceof Error ? error.stack ?? error.message : String(error)}`)
  process.exit(exitCodeOf(error))
}
