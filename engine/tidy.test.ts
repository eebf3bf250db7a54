/** The style is a test: floors of imports, banned words, file and line lengths, closed top level. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('..', import.meta.url).pathname
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n').filter(name => name !== '')
const read = (name: string): string => readFileSync(`${ROOT}/${name}`, 'utf8')
const sources = files.filter(name => /\.(ts|mjs)$/.test(name))

/** Folder → floor. A file may import from lower floors and from its own folder; roots see everything. */
const FLOORS: ReadonlyArray<readonly [prefix: string, floor: number]> = [
  ['engine/core/', 0],
  ['engine/decode/', 1], ['engine/memory/', 1], ['engine/store/', 1], ['rules/', 1],
  ['engine/evaluate/', 2],
  ['engine/runtime/', 3], ['engine/io/', 3], ['engine/credit/', 3],
  ['engine/http/', 4],
  ['engine/config.ts', 1], ['engine/metrics.ts', 1]
]
const ROOTS = [/^engine\/(main|worker)\.ts$/, /^engine\/cli\//, /^engine\/sim\//, /^bench\//, /^dashboards\//, /\.test\.ts$/, /^engine\/vitest\.config\.ts$/]

const floorOf = (name: string): readonly [string, number] | undefined => FLOORS.find(([prefix]) => name.startsWith(prefix))

function imports (name: string): string[] {
  return [...read(name).matchAll(/^(?:import|export)[^'"]*from '(\.[^']+)'/gm)].map(m => posix.normalize(`${dirname(name)}/${m[1]!}`))
}

describe('floors', () => {
  it('imports point downwards only', () => {
    const wrong: string[] = []
    for (const name of sources) {
      if (ROOTS.some(root => root.test(name))) continue
      const own = floorOf(name)
      if (own === undefined) { wrong.push(`${name} stands on no floor`); continue }
      for (const target of imports(name)) {
        const other = floorOf(target)
        if (other === undefined) wrong.push(`${name} imports the root ${target}`)
        else if (other[0] !== own[0] && other[1] >= own[1]) wrong.push(`${name} imports ${target} from floor ${other[1]}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('nobody but roots imports a root', () => {
    const wrong = sources.filter(name => !ROOTS.some(root => root.test(name)))
      .flatMap(name => imports(name).filter(target => /^engine\/(main|worker)\.ts$|^engine\/(cli|sim)\//.test(target)).map(target => `${name} imports ${target}`))
    expect(wrong).toEqual([])
  })

  it('rules import from core only', () => {
    const wrong = sources.filter(name => name.startsWith('rules/') && !name.endsWith('.test.ts'))
      .flatMap(name => imports(name).filter(target => !target.startsWith('engine/core/')).map(target => `${name} imports ${target}`))
    expect(wrong).toEqual([])
  })
})

/** Lines of more than 140 columns that there are; lower it when you break some. */
const LONG_LINES = 174

describe('files', () => {
  it('stay short enough to read', () => {
    const long = sources.map(name => [name, read(name).split('\n').length] as const)
      .filter(([name, lines]) => lines > (name.endsWith('.test.ts') ? 600 : 400))
    expect(long).toEqual([])
  })

  it('say first what they are for', () => {
    const silent = sources.filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter(name => !/^(#!.*\n)?\/\*\*/.test(read(name)))
    expect(silent).toEqual([])
  })

  it('keep lines readable, the tables of tests excepted', () => {
    const lengths = sources.filter(name => !name.endsWith('.test.ts')).flatMap(name => read(name).split('\n')
      .map((line, i) => [`${name}:${i + 1}`, line.length] as const))
    expect(lengths.filter(([, length]) => length > 200)).toEqual([])
    // A ratchet: there may be fewer of these, never more.
    expect(lengths.filter(([, length]) => length > 140).length).toBeLessThanOrEqual(LONG_LINES)
  })

  it('stand at a top level that is closed', () => {
    const allowed = new Set(['engine', 'rules', 'bench', 'dashboards', 'deploy', 'package.json', 'package-lock.json', 'tsconfig.json',
      'README.md', 'README.zh.md', 'LICENSE', 'CHANGELOG.md'])
    const strangers = new Set(files.map(name => name.split('/')[0]!).filter(top => !top.startsWith('.') && !allowed.has(top)))
    expect([...strangers]).toEqual([])
  })
})

/** A banned pattern, what to use instead, and where it is allowed all the same. */
const BANNED: ReadonlyArray<readonly [pattern: RegExp, instead: string, allowed: RegExp]> = [
  [/\bconsole\.\w/, 'say/out of engine/cli/output.ts, or the logger', /^(engine\/sim|bench)\//],
  [/\b(TODO|FIXME|XXX)\b/, 'an issue', /(tidy|rules)\.test\.ts$/],
  [/\bMath\.random\b/, 'a seeded generator', /tidy\.test\.ts$|rules\.test\.ts$/],
  [/\bunpackMultiple\b|UnpackrStream/, 'unpack: the others can loop for ever on hostile bytes', /tidy\.test\.ts$|bench\/workload\/write\.test\.ts$/],
  [/: any\b(?! [a-z])|\bas any(?![ \w])|<any>/, 'unknown and a check', /tidy\.test\.ts$/],
  [/\.only\(/, 'the whole suite', /tidy\.test\.ts$/]
]

describe('banned', () => {
  for (const [pattern, instead, allowed] of BANNED) {
    it(`${pattern.source} (use ${instead})`, () => {
      const found = sources.filter(name => !allowed.test(name)).flatMap(name => read(name).split('\n')
        .flatMap((line, i) => (pattern.test(line) && !/^\s*(\*|\/\/|\/\*\*)/.test(line) ? [`${name}:${i + 1}`] : [])))
      expect(found).toEqual([])
    })
  }

  it('unconfirmed things are never called 违规 or 欺诈 by code', () => {
    const checkers = /\.test\.ts$|rulebook\/fields\.ts$|cases\/check\.ts$|^engine\/http\/official\/schemas\.ts$/ // they look for the words themselves, or name the interface's codes
    const found = sources.filter(name => !checkers.test(name)).filter(name => /违规|欺诈/.test(read(name).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    expect(found).toEqual([])
  })
})
