/** Reaching a running engine over HTTP. Commands use it because an embedded store admits one process only. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { EngineError } from '../core/errors.ts'

/** Where a running engine of this data directory listens, as it wrote it down when it started; null when none did. */
export function runningAddress (config: Config): string | null {
  try {
    const { url, pid } = JSON.parse(readFileSync(join(config.dataDir, 'engine.json'), 'utf8')) as { url: string, pid: number }
    return lives(pid) ? url : null
  } catch {
    return null // no file: no engine runs
  }
}

/** Whether a process lives; the file of one that was killed is left behind. */
function lives (pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // it does, and belongs to another user
  }
}

export class Client {
  readonly #url: string
  readonly #token: string

  constructor (url: string, token: string) {
    this.#url = url.replace(/\/$/, '')
    this.#token = token
  }

  /**
   * One request; JSON in and out.
   * @throws EngineError ENGINE_UNREACHABLE when nobody answers, OVERLOADED on 429/503, REQUEST_REFUSED with the engine's own message else.
   */
  async request (path: string, init: { method?: string, body?: Uint8Array<ArrayBuffer>, type?: string } = {}): Promise<unknown> {
    let response: Response
    try {
      response = await fetch(this.#url + path, {
        method: init.method ?? 'GET',
        headers: {
          ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
          ...(init.type === undefined ? {} : { 'content-type': init.type })
        },
        ...(init.body === undefined ? {} : { body: init.body })
      })
    } catch (error) {
      throw new EngineError('ENGINE_UNREACHABLE', `no engine answers at ${this.#url}`, error)
    }
    if (response.status === 429 || response.status === 503) {
      await response.body?.cancel()
      throw new EngineError('OVERLOADED', `the engine at ${this.#url} takes no more for now (HTTP ${response.status})`)
    }
    const body = await this.#json(response)
    // 422 answers a single record that was rejected, in the same form as any other answer.
    if (!response.ok && response.status !== 422) throw new EngineError('REQUEST_REFUSED', body.message ?? `HTTP ${response.status}`)
    return body
  }

  async #json (response: Response): Promise<{ message?: string }> {
    try {
      return await response.json() as { message?: string }
    } catch (error) {
      throw new EngineError('ENGINE_UNREACHABLE', `what answers at ${this.#url} is not a fundwatch engine`, error)
    }
  }
}
