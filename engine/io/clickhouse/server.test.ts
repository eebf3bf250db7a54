import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleFlag, sampleSettlement } from '../../store/samples.ts'
import { encodeClaimRow } from '../../store/claim-row.ts'
import { RowWriter } from '../../store/row-binary.ts'
import { columnNames } from '../../store/tables.ts'
import { openStore, type Store } from './open.ts'

/** What a ClickHouse server would have seen of one request. */
interface Seen { readonly url: URL, readonly query: string, readonly body: Buffer }
type Answer = (seen: Seen, response: ServerResponse) => void

const open: Array<{ server: Server, store?: Store }> = []
afterEach(async () => {
  for (const { server, store } of open.splice(0)) {
    await store?.close()
    await new Promise(resolve => { server.close(resolve); server.closeAllConnections() })
  }
})

/** A server that keeps what it is sent and answers as told; nothing here judges SQL. */
async function listening (answer: Answer): Promise<{ url: string, seen: Seen[], use: (store: Store) => Store }> {
  const seen: Seen[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://server')
      const body = Buffer.concat(parts)
      const one = { url, query: url.searchParams.get('query') ?? body.toString(), body }
      seen.push(one)
      answer(one, response)
    })
  })
  const entry: { server: Server, store?: Store } = { server }
  open.push(entry)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, seen, use: store => (entry.store = store) }
}

const chunk = (setl_id: string): { table: 'claims', rows: number, bytes: Uint8Array } => {
  const row = new RowWriter()
  encodeClaimRow(row, sampleSettlement({ setl_id }), { source: 'x', partition: 0, offset: 0 }, 'json', Uint8Array.of(10, 10))
  return row.takeChunk('claims') as { table: 'claims', rows: number, bytes: Uint8Array }
}
const fine: Answer = (_, response) => response.end()
const inserts = (seen: Seen[]): Seen[] => seen.filter(one => one.query.startsWith('INSERT INTO'))

describe('a ClickHouse server as the store', () => {
  it('gets flags before claims, whole bytes, explicit settings and a token that equal batches share', async () => {
    const { url, seen, use } = await listening(fine)
    const store = use(await openStore({ url, user: 'u', password: 'p', database: 'watch' }))
    const [a, b] = [chunk('S1'), chunk('S2')]
    const batch = { flags: [sampleFlag()], deadLetters: [], chunks: [a, b] }
    await store.writer.write(batch)
    await store.writer.write(batch)
    await store.writer.write({ ...batch, chunks: [b, a] })
    const [flags, claims, , again, , other] = inserts(seen)
    expect(seen[0]?.query).toContain('CREATE DATABASE IF NOT EXISTS watch')
    expect(flags?.query).toContain(`INSERT INTO flags (${columnNames('flags')}) FORMAT RowBinary`)
    expect(claims?.query).toContain(`INSERT INTO claims (${columnNames('claims')}) FORMAT RowBinary`)
    expect(claims?.body).toEqual(Buffer.concat([a.bytes, b.bytes]))
    const setting = (one: Seen | undefined, name: string): string | null | undefined => one?.url.searchParams.get(name)
    expect([setting(claims, 'async_insert'), setting(claims, 'wait_end_of_query'), setting(claims, 'database')]).toEqual(['0', '1', 'watch'])
    const token = setting(claims, 'insert_deduplication_token')
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(setting(again, 'insert_deduplication_token')).toBe(token)
    expect(setting(other, 'insert_deduplication_token')).not.toBe(token)
  })

  it('is asked with bound parameters and plain numbers', async () => {
    const { url, seen, use } = await listening((one, response) => {
      response.end(one.query.includes('flag_id') ? '{"flag_id":"x","revision":5,"values":"{}","thresholds":"{}"}\n' : '')
    })
    const store = use(await openStore({ url }))
    expect(await store.reader.query('flag.get', { flag_id: "it's" })).toEqual([{ flag_id: 'x', revision: 5, values: {}, thresholds: {} }])
    const asked = seen.at(-1)?.url.searchParams
    // The client escapes for the server's parameter parser, which takes \\' back to '.
    expect([asked?.get('param_flag_id'), asked?.get('output_format_json_quote_64bit_integers')]).toEqual(["it\\'s", '0'])
  })

  it('tells a refusal from a server that cannot serve now or is not there', async () => {
    let code = 60
    const { url, use } = await listening((one, response) => {
      if (!one.query.startsWith('INSERT')) { response.end(); return }
      response.writeHead(500, { 'X-ClickHouse-Exception-Code': String(code) })
      response.end(`Code: ${code}. DB::Exception: as told. (TOLD)`)
    })
    const store = use(await openStore({ url }))
    const batch = { flags: [], deadLetters: [], chunks: [chunk('S1')] }
    await expect(store.writer.write(batch)).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' })
    code = 242 // TABLE_IS_READ_ONLY
    await expect(store.writer.write(batch)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
    await expect(openStore({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
    await expect(openStore({ url, database: 'a; DROP' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })

  it('a connection cut in the middle of an insert is an unknown outcome: unreachable, to be repeated', async () => {
    const { url, use } = await listening((one, response) => {
      if (one.query.startsWith('INSERT')) response.destroy()
      else response.end()
    })
    const store = use(await openStore({ url }))
    await expect(store.writer.write({ flags: [], deadLetters: [], chunks: [chunk('S1')] })).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
  })
})
