/** `npm run rules:index`: writes rules/README.md from the rule folders. */
import { writeFileSync } from 'node:fs'
import { EngineError } from '../core/errors.ts'
import { PACKAGE_ROOT, readRuleFolders } from '../core/rulebook/folders.ts'
import { rulesIndex } from '../core/rulebook/index-page.ts'
import { EXIT, exitCodeOf } from './command.ts'

if (process.argv.length > 2) {
  process.stderr.write('usage: npm run rules:index, without arguments\n')
  process.exit(EXIT.usage)
}
try {
  const folders = readRuleFolders()
  writeFileSync(new URL('rules/README.md', PACKAGE_ROOT), rulesIndex(folders))
  process.stderr.write(`rules/README.md: ${folders.length} rules\n`)
} catch (error) {
  if (!(error instanceof EngineError)) throw error
  process.stderr.write(`${error.message}\n${error.advice}\n`)
  process.exitCode = exitCodeOf(error)
}
