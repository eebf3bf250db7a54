/**
 * Files that carry RowBinary rows into chDB. Its inline inserts silently end at the bytes 0A 0A, so binary rows go through
 * the file() table function; files lie in memory where the system has /dev/shm, else in the data directory.
 */
import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fingerprintHex } from '../../core/fingerprint.ts'

const MEMORY = '/dev/shm'

export interface Spool {
  /** Runs `use` with the path of a file that holds `parts`; the file is gone afterwards. */
  withFile: <T>(parts: readonly Uint8Array[], use: (path: string) => Promise<T>) => Promise<T>
}

function writable (directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return false // not there, or not ours: the data directory serves
  }
}

/** Deletes what a killed predecessor on the same data directory left; its lock is ours, so nobody uses them. */
function sweep (directory: string, prefix: string): void {
  for (const name of readdirSync(directory)) if (name.startsWith(prefix)) rmSync(join(directory, name), { force: true })
}

/** @param dataDir the chDB directory; its name keeps the files of several stores apart. */
export function openSpool (dataDir: string): Spool {
  const prefix = `fundwatch-${fingerprintHex(resolve(dataDir)).slice(0, 12)}-`
  const fallback = join(resolve(dataDir), 'spool')
  mkdirSync(fallback, { recursive: true })
  const homes = writable(MEMORY) ? [MEMORY, fallback] : [fallback]
  for (const home of homes) sweep(home, prefix)
  let serial = 0
  return {
    async withFile (parts, use) {
      const name = `${prefix}${++serial}.rowbinary`
      let path = ''
      try {
        path = await spill(homes.map(home => join(home, name)), parts)
        return await use(path)
      } finally {
        if (path !== '') await rm(path, { force: true })
      }
    }
  }
}

/** One system call where it can be: writeFile would cut the part into slices of half a megabyte. */
async function writeWhole (file: FileHandle, part: Uint8Array): Promise<void> {
  for (let at = 0; at < part.length;) at += (await file.write(part, at)).bytesWritten
}

/** Writes to the first place that has room. */
async function spill (paths: readonly string[], parts: readonly Uint8Array[]): Promise<string> {
  for (const [index, path] of paths.entries()) {
    try {
      const file = await open(path, 'w', 0o600)
      try {
        for (const part of parts) await writeWhole(file, part)
      } finally {
        await file.close()
      }
      return path
    } catch (error) {
      await rm(path, { force: true })
      if (index === paths.length - 1 || (error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  throw new Error('no directory to spool to')
}
