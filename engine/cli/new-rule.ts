/** `npm run new:rule -- <id>`: writes the four files of a rule folder, which loader and tests refuse until they are filled in. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { PACKAGE_ROOT } from '../core/rulebook/folders.ts'
import { scaffold } from '../core/rulebook/scaffold.ts'
import { EXIT } from './command.ts'

const [id = '', ...rest] = process.argv.slice(2)
const folder = new URL(`rules/monitoring/${id}/`, PACKAGE_ROOT)
if (rest.length > 0 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  process.stderr.write('usage: npm run new:rule -- <id>, with an id such as overlapping-stays\n')
  process.exitCode = EXIT.usage
} else if (existsSync(folder)) {
  process.stderr.write(`rules/monitoring/${id} exists already\n`)
  process.exitCode = 73 // EX_CANTCREAT
} else {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of scaffold(id, new Date())) writeFileSync(new URL(name, folder), text)
  process.stderr.write(`rules/monitoring/${id}: fill in cases.md first; rules/ADDING.md explains the four files\n`)
}
