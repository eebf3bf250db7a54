import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { pendingMigrations, readMigrations, statementsOf } from './migrations.ts'

const folders: string[] = []
afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true }) })

function folderOf (files: Record<string, string>): URL {
  const folder = mkdtempSync(join(tmpdir(), 'fundwatch-migrations-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return pathToFileURL(`${folder}/`)
}

describe('migrations', () => {
  it('split at semicolons that end a line, without comment lines', () => {
    expect(statementsOf("-- a; b;\nSELECT 'x;y';\n\nSELECT\n  2;\n")).toEqual(["SELECT 'x;y'", 'SELECT\n  2'])
  })

  it('are numbered without gaps and named', () => {
    expect(() => readMigrations(folderOf({ '001-a.sql': 'SELECT 1;', '003-b.sql': 'SELECT 1;' }))).toThrow('expected number 2')
    expect(() => readMigrations(folderOf({ 'first.sql': 'SELECT 1;' }))).toThrow('expected number 1')
    expect(readMigrations().map(migration => migration.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('leave what is applied, refuse what was changed since or is unknown', () => {
    const all = readMigrations(folderOf({ '001-a.sql': 'SELECT 1;', '002-b.sql': 'SELECT 2;' }))
    const [first, second] = all
    expect(pendingMigrations(all, [first!])).toEqual([second])
    expect(() => pendingMigrations(all, [{ ...first!, checksum: '0' }])).toThrow('001-a.sql was changed after it was applied')
    expect(() => pendingMigrations(all, [{ number: 3, name: '003-c.sql', checksum: '' }])).toThrow('does not know')
  })
})
