/** The version of this package, as its package.json says. */
import { readFileSync } from 'node:fs'
import { PACKAGE_ROOT } from './rulebook/folders.ts'

export function packageVersion (): string {
  return (JSON.parse(readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8')) as { version: string }).version
}
