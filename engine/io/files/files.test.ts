/** Files: pieces end between records, broken input is named, the inbox moves what it has read. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineError } from '../../core/errors.ts'
import { InputParts } from '../../decode/input-parts.ts'
import { splitRecords } from '../../decode/split.ts'
import { Inbox } from './inbox.ts'
import { formatOf, readPieces, sizeOf } from './read-pieces.ts'
import { replayFile } from './replay.ts'
import { emptyTally } from './tally.ts'
import type { Tally } from './tally.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'fundwatch-files-')) })
afterEach(() => { rmSync(dir, { recursive: true, force: true }) })

async function pieces (path: string): Promise<string[]> {
  const all: string[] = []
  const parts = new InputParts('json')
  for await (const piece of readPieces(path, bytes => parts.cut(bytes))) all.push(new TextDecoder().decode(piece.bytes))
  return all
}

const lines = Array.from({ length: 30_000 }, (_, i) => JSON.stringify({ n: i, text: 'x'.repeat(i % 97) }))

describe('pieces', () => {
  it.each(['w.ndjson', 'w.ndjson.gz'])('of %s end at line ends and lose nothing', async name => {
    const text = `${lines.join('\n')}\n`
    writeFileSync(join(dir, name), name.endsWith('.gz') ? gzipSync(text) : text)
    const read = await pieces(join(dir, name))
    expect(read.join('')).toBe(text)
    expect(read.length).toBeGreaterThan(1)
    for (const piece of read) expect(piece.endsWith('\n')).toBe(true)
  })

  it('keep a last line without an end', async () => {
    writeFileSync(join(dir, 'w.ndjson'), '{"a":1}\n{"a":2}')
    expect((await pieces(join(dir, 'w.ndjson'))).join('')).toBe('{"a":1}\n{"a":2}')
  })

  it.each([['missing.ndjson', null], ['broken.gz', 'not gzip']])('of %s fail with a reason', async (name, content) => {
    if (content !== null) writeFileSync(join(dir, name), content)
    await expect(pieces(join(dir, name))).rejects.toThrow(EngineError)
    await expect(pieces(join(dir, name))).rejects.toThrow(name)
  })
})

it('knows formats by name', () => {
  expect(formatOf('a.ndjson')).toEqual({ format: 'json', gzip: false })
  expect(formatOf('a.msgpack.gz')).toEqual({ format: 'msgpack', gzip: true })
})

it('refuses a folder as a file', async () => {
  await expect(sizeOf(dir)).rejects.toThrow('not a file')
})

it('replays in order, a bounded number of pieces ahead', async () => {
  writeFileSync(join(dir, 'w.ndjson'), `${lines.join('\n')}\n`)
  let open = 0
  let most = 0
  const seen: string[] = []
  await replayFile(join(dir, 'w.ndjson'), async (bytes, format, source) => {
    most = Math.max(most, ++open)
    seen.push(new TextDecoder().decode(bytes))
    expect([format, source]).toEqual(['json', 'file:w.ndjson'])
    await new Promise(resolve => setTimeout(resolve, 1))
    open--
    return []
  }, () => {})
  expect(seen.join('').split('\n').length - 1).toBe(lines.length)
  expect(most).toBeLessThanOrEqual(8)
})

it.each([['whole', ']', 0], ['cut off', '', 1]])('replays a long array that is %s: every part a whole input', async (_, close, letters) => {
  writeFileSync(join(dir, 'a.json'), `[${lines.join(',\n')}${close}`)
  const sizes: number[] = []
  const found: string[] = []
  await replayFile(join(dir, 'a.json'), async (bytes, format) => {
    const { count: pieces, starts, lengths } = splitRecords(bytes, format)
    sizes.push(pieces)
    for (let i = 0; i < pieces; i++) found.push(new TextDecoder().decode(bytes.subarray(starts[i]!, starts[i]! + lengths[i]!)))
    return []
  }, () => {})
  expect(sizes.length).toBeGreaterThan(1)
  expect(found).toEqual([...lines, '['].slice(0, lines.length + letters))
})

it('hands over what never ends instead of holding all of it', async () => {
  writeFileSync(join(dir, 'w.ndjson'), Buffer.alloc(80 * 1024 * 1024, 'x'))
  const lengths: number[] = []
  for await (const piece of readPieces(join(dir, 'w.ndjson'), () => 0)) lengths.push(piece.bytes.length / 1024 / 1024)
  expect(lengths).toEqual([65, 15])
})

describe('inbox', () => {
  it('goes on when a file, or the folder for a while, is taken away', async () => {
    const inside = join(dir, 'inbox')
    const said: string[] = []
    const inbox = new Inbox(inside, {
      replay: async path => {
        if (path.endsWith('gone.ndjson')) rmSync(path)
        return emptyTally()
      },
      done: name => { said.push(`${name} done`) },
      failed: (name, error) => { said.push(`${name} ${(error as NodeJS.ErrnoException).code}`) }
    })
    await inbox.start()
    writeFileSync(join(inside, 'gone.ndjson'), 'x')
    for (let i = 0; i < 100 && said.length < 2; i++) await new Promise(resolve => setTimeout(resolve, 50))
    rmSync(inside, { recursive: true })
    for (let i = 0; i < 100 && said.length < 3; i++) await new Promise(resolve => setTimeout(resolve, 50))
    mkdirSync(join(inside, 'done'), { recursive: true })
    writeFileSync(join(inside, 'good.ndjson'), 'x')
    for (let i = 0; i < 100 && said.length < 4; i++) await new Promise(resolve => setTimeout(resolve, 50))
    await inbox.stop()
    expect(said).toEqual(['gone.ndjson ENOENT', 'gone.ndjson ENOENT', ' ENOENT', 'good.ndjson done'])
  })

  it('replays a file, moves it, and keeps what failed with the reason', async () => {
    const done: string[] = []
    const inbox = new Inbox(dir, {
      replay: async path => {
        if (path.endsWith('bad.ndjson')) throw new Error('cannot be read')
        return { ...emptyTally(), records: readFileSync(path, 'utf8').split('\n').length }
      },
      done: (name, tally) => { done.push(`${name} ${tally.records}`) },
      failed: name => { done.push(`${name} failed`) }
    })
    await inbox.start()
    writeFileSync(join(dir, 'bad.ndjson.part'), 'x')
    writeFileSync(join(dir, '.hidden'), 'x')
    writeFileSync(join(dir, 'good.part'), 'a\nb')
    renameSync(join(dir, 'good.part'), join(dir, 'good.ndjson'))
    renameSync(join(dir, 'bad.ndjson.part'), join(dir, 'bad.ndjson'))
    for (let i = 0; i < 100 && done.length < 2; i++) await new Promise(resolve => setTimeout(resolve, 50))
    await inbox.stop()
    expect(done).toEqual(['bad.ndjson failed', 'good.ndjson 2'])
    expect(readdirSync(join(dir, 'done'))).toEqual(['good.ndjson'])
    expect(readdirSync(join(dir, 'failed'))).toEqual(['bad.ndjson', 'bad.ndjson.reason.txt'])
    expect(readdirSync(dir)).toContain('.hidden')
  })

  it('puts a file of which nothing was accepted where failed ones are, one of which something was into done', async () => {
    const said: string[] = []
    const outcome: Readonly<Record<string, Partial<Tally>>> = {
      'all.ndjson': { records: 3, rejected: 3, reasons: { unknown_code: 2, missing_field: 1 } },
      'some.ndjson': { records: 3, judged: 2, rejected: 1, reasons: { unknown_code: 1 } }
    }
    const inbox = new Inbox(dir, {
      replay: async path => ({ ...emptyTally(), ...outcome[path.split('/').at(-1)!] }),
      done: (name, tally) => { said.push(`${name} ${tally.rejected} of ${tally.records} rejected`) },
      failed: (name, error) => { said.push(`${name} ${(error as Error).message}`) }
    })
    await inbox.start()
    const put = (name: string): void => {
      writeFileSync(join(dir, name), 'x')
      utimesSync(join(dir, name), 0, 0) // long at rest
    }
    Object.keys(outcome).forEach(put)
    for (let i = 0; i < 100 && said.length < 2; i++) await new Promise(resolve => setTimeout(resolve, 50))
    Object.keys(outcome).forEach(put)
    for (let i = 0; i < 100 && said.length < 4; i++) await new Promise(resolve => setTimeout(resolve, 50))
    await inbox.stop()
    const why = 'all 3 records were rejected (unknown_code 2, missing_field 1); GET /v1/dead-letters lists them'
    expect(said.slice(0, 2)).toEqual([`all.ndjson ${why}`, 'some.ndjson 1 of 3 rejected'])
    expect(readdirSync(join(dir, 'done')).sort()).toEqual(['2.some.ndjson', 'some.ndjson']) // a name used again hides nothing
    expect(readdirSync(join(dir, 'failed')).sort()).toEqual(['2.all.ndjson', '2.all.ndjson.reason.txt', 'all.ndjson', 'all.ndjson.reason.txt'])
    expect(readFileSync(join(dir, 'failed', 'all.ndjson.reason.txt'), 'utf8')).toBe(`${why}\n`)
  })
})
