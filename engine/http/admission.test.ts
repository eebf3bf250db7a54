/** Over real sockets: what is let in must be let go again, also when the client leaves in the middle. */
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Fakes, type Harness, harness, SETTINGS } from './fakes.ts'

let open: Harness | null = null
afterEach(async () => { await open?.app.close() })

async function listen (fakes: Fakes): Promise<{ port: number, reserved: () => Promise<number | undefined>, submitted: Harness['submitted'] }> {
  const made = await harness(fakes)
  open = made
  await made.app.listen({ host: '127.0.0.1', port: 0 })
  return {
    port: (made.app.server.address() as AddressInfo).port,
    submitted: made.submitted,
    reserved: async () => (await made.deps.metrics.httpBufferedBytes.get()).values[0]?.value
  }
}

function send (port: number, ...parts: string[]): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {}) // the server may hang up first, which is not what is tested
  for (const part of parts) socket.write(part)
  return socket
}

const head = (...lines: string[]): string => ['POST /v1/claims HTTP/1.1', 'host: localhost', 'content-type: application/json', ...lines, '', ''].join('\r\n')

async function answerOf (socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.includes('"advice"') || text.includes('"results"')) break
  }
  return text
}

describe('room for bodies', () => {
  it('is reserved while a body arrives, and given back when the client leaves in the middle', async () => {
    const { port, reserved, submitted } = await listen({})
    const sockets = [1, 2, 3].map(() => send(port, head('content-length: 1000'), '{"half":'))
    await expect.poll(reserved).toBe(3000)
    for (const socket of sockets) socket.destroy()
    await expect.poll(reserved).toBe(0)
    expect(submitted).toEqual([])
  })

  it('that is not there is answered before the body is read', async () => {
    const { port, reserved } = await listen({ settings: { maxBufferedBytes: 1500 } })
    const first = send(port, head('content-length: 1000'), '{')
    await expect.poll(reserved).toBe(1000)
    const answer = await answerOf(send(port, head('content-length: 1000'), '{'))
    expect(answer).toMatch(/^HTTP\/1.1 503 .*retry-after: 2\r\n.*"code":"OVERLOADED"/s)
    first.destroy()
  })

  it('is as much as any body may need when its length is not said, and ends at that', async () => {
    const { port, reserved, submitted } = await listen({})
    const socket = send(port, head('transfer-encoding: chunked'), '2\r\n{}\r\n')
    await expect.poll(reserved).toBe(SETTINGS.maxBodyBytes)
    socket.write(`${(8192).toString(16)}\r\n${' '.repeat(8192)}\r\n`)
    expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 413 /)
    await expect.poll(reserved).toBe(0)
    expect(submitted).toEqual([])
  })

  it('refuses a length beyond the limit at once', async () => {
    const { port, reserved } = await listen({})
    expect(await answerOf(send(port, head(`content-length: ${SETTINGS.maxBodyBytes + 1}`)))).toMatch(/^HTTP\/1.1 413 /)
    expect(await reserved()).toBe(0)
  })
})

describe('requests of one client', () => {
  it('count only while they last, whether answered or abandoned', async () => {
    const { port, submitted } = await listen({ settings: { maxClientRequests: 2 }, outcomes: () => new Promise(() => {}) })
    const sockets = [1, 2].map(() => send(port, head('content-length: 2'), '{}'))
    await expect.poll(() => submitted.length).toBe(2)
    expect(await answerOf(send(port, head('content-length: 2'), '{}'))).toMatch(/^HTTP\/1.1 429 /)
    for (const socket of sockets) socket.destroy()
    await expect.poll(async () => {
      const socket = send(port, 'GET /v1/nothing HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
      return (await answerOf(socket)).slice(9, 12)
    }).toBe('404')
  })
})
