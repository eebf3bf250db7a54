/** The table of errors in ARCHITECTURE.md and the list in the code are the same. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ERROR_CODES } from './errors.ts'

it('every error code is documented with its advice, and none that is not there', () => {
  const text = readFileSync(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(m => [m[1], m[2]])
  expect(Object.fromEntries(rows)).toEqual(ERROR_CODES)
})
