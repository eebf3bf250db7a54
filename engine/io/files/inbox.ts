/**
 * A watched folder: every file put into it is replayed, then moved to done/; or to failed/, with the reason beside it, when
 * it cannot be read or not one of its records was accepted.
 * Write elsewhere and rename into the inbox; names starting with a dot or ending in .part are left alone.
 */
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineError } from '../../core/errors.ts'
import { reasonsText } from './tally.ts'
import type { Tally } from './tally.ts'

/** How long nobody must have written to a file. Who writes more slowly than that writes elsewhere and renames. */
const REST_MS = 3000
const POLL_MS = 1000 // polling works on every file system, network shares included; watchers do not

export interface InboxEvents {
  readonly replay: (path: string) => Promise<Tally>
  /** A file of which something was accepted; `tally.rejected` and its reasons say what was not. */
  readonly done: (name: string, tally: Tally) => void
  /** A file that could not be read, or of which every record was rejected. */
  readonly failed: (name: string, error: unknown) => void
}

export class Inbox {
  readonly #dir: string
  readonly #events: InboxEvents
  #timer: NodeJS.Timeout | null = null
  #scan: Promise<void> = Promise.resolve()
  #stopped = false
  /** Whether the folder itself could not be read the last time. */
  #away = false

  constructor (dir: string, events: InboxEvents) {
    this.#dir = dir
    this.#events = events
  }

  async start (): Promise<void> {
    await mkdir(join(this.#dir, 'done'), { recursive: true })
    await mkdir(join(this.#dir, 'failed'), { recursive: true })
    this.#next()
  }

  /** Resolves when the file under way, if any, is finished. */
  async stop (): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#scan
  }

  #next (): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#scan = this.#sweep().finally(() => { this.#next() })
    }, POLL_MS)
  }

  async #sweep (): Promise<void> {
    for (const name of await this.#names()) {
      if (this.#stopped) return
      if (await this.#atRest(name)) await this.#take(name)
    }
  }

  async #names (): Promise<string[]> {
    try {
      const entries = await readdir(this.#dir, { withFileTypes: true })
      this.#away = false
      return entries.filter(e => e.isFile() && !e.name.startsWith('.') && !e.name.endsWith('.part')).map(e => e.name).sort()
    } catch (error) {
      if (!this.#away) this.#events.failed('', error) // it may come back
      this.#away = true
      return []
    }
  }

  /** Whether a file has been left alone for a while: one that is still being written must not be taken half. */
  async #atRest (name: string): Promise<boolean> {
    try {
      return Date.now() - (await stat(join(this.#dir, name))).mtimeMs >= REST_MS
    } catch {
      return false // gone again
    }
  }

  async #take (name: string): Promise<void> {
    try {
      const tally = await this.#events.replay(join(this.#dir, name))
      refuseWhollyRejected(tally)
      await rename(join(this.#dir, name), await this.#free('done', name))
      this.#events.done(name, tally)
    } catch (error) {
      this.#events.failed(name, error)
      await this.#putAside(name, error)
    }
  }

  async #putAside (name: string, reason: unknown): Promise<void> {
    try {
      const place = await this.#free('failed', name)
      await rename(join(this.#dir, name), place)
      await writeFile(`${place}.reason.txt`, `${reason instanceof Error ? reason.message : String(reason)}\n`)
    } catch (error) {
      // Somebody took the file away meanwhile, or the disk does not let us: it is tried again as long as it lies here.
      this.#events.failed(name, error)
    }
  }

  /** A path in done/ or failed/ that no earlier file of the same name has: senders use names again. */
  async #free (folder: 'done' | 'failed', name: string): Promise<string> {
    const taken = new Set(await readdir(join(this.#dir, folder)))
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${n}.${name}`
    return join(this.#dir, folder, free)
  }
}

/** Nothing of the file was accepted: whoever looks into failed/ is to find it. @throws EngineError INPUT_UNREADABLE */
function refuseWhollyRejected (tally: Tally): void {
  if (tally.records === 0 || tally.rejected < tally.records) return
  throw new EngineError('INPUT_UNREADABLE', `all ${tally.records} records were rejected (${reasonsText(tally)}); ` +
    'GET /v1/dead-letters lists them')
}
