#!/usr/bin/env node
/** The command line: runs it, and turns every error into a message and an exit code. */
import { EngineError } from '../core/errors.ts'
import { Interrupted, OutputError, UsageError, exitCodeOf } from './command.ts'
import { runCommandLine } from './command-line.ts'
import { say } from './output.ts'

// Whoever reads the results may stop reading (`fundwatch rules | head`): that is no defect, and there is nothing left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  process.exitCode = await runCommandLine(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageError || error instanceof OutputError || error instanceof Interrupted) say(`fundwatch: ${error.message}`)
  else if (error instanceof EngineError) say(`fundwatch: ${error.message}\n  ${error.advice}`)
  else say(`fundwatch: a defect of ours: ${error instanceof Error ? error.stack ?? error.message : String(error)}`)
  process.exit(exitCodeOf(error))
}
