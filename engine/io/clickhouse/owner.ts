/** Who owns the directory of an embedded store: chDB admits one process, and a second one is to be told which. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EngineError } from '../../core/errors.ts'

/** The process that a directory's `status` file names; 0 when there is none. */
function statusPid (dir: string): number {
  const status = join(dir, 'status')
  return existsSync(status) ? Number(/PID: (\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) : 0
}

/** Processes with a lock on the directory's `status` file. Linux lists locks by inode, one a line; elsewhere none is known. */
function lockPids (dir: string): number[] {
  const status = join(dir, 'status')
  if (!existsSync(status) || !existsSync('/proc/locks')) return []
  const { ino } = statSync(status)
  return [...readFileSync('/proc/locks', 'utf8').matchAll(/ (-?\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /g)]
    .filter(([, , inode]) => Number(inode) === ino).map(([, pid]) => Number(pid))
}

/** Whether another process seems to hold the directory: any lock on an equal inode, or a live process that its status file names. */
export function heldByAnother (dir: string): boolean {
  if (lockPids(dir).some(pid => pid !== process.pid)) return true
  const pid = statusPid(dir)
  return pid > 0 && pid !== process.pid && existsSync(`/proc/${pid}`)
}

/**
 * Refuses a directory that another process surely holds: its status file names the very process that locks it. Asked before
 * chDB is, which would print a line of its own about it.
 * @throws EngineError STORE_LOCKED
 */
export function refuseIfHeld (dir: string): void {
  const pid = statusPid(dir)
  if (pid > 0 && pid !== process.pid && lockPids(dir).includes(pid)) throw lockedError(dir)
}

/** The error that names the owner, and where it listens when it is an engine (it writes engine.json beside the store). */
export function lockedError (dir: string, cause?: unknown): EngineError {
  const pid = statusPid(dir)
  const url = addressOf(dirname(dir), pid)
  const who = pid > 0 ? `process ${pid}` : 'another process'
  const what = url === null
    ? `${who}, which has no address (replay, migrate, doctor, or an engine that is just starting). Wait for it to end`
    : `${who}, the engine at ${url}${pid > 0 ? ` (kill ${pid} stops it)` : ''}. Use that address`
  return new EngineError('STORE_LOCKED', `${dir} is held by ${what}, or name another directory by FUNDWATCH_DATA_DIR.`, cause)
}

/** Where the engine of a data directory says that it listens; null when none does or another process wrote it. */
function addressOf (dataDir: string, pid: number): string | null {
  try {
    const written = JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { url: string, pid: number }
    return pid === 0 || written.pid === pid ? written.url : null
  } catch {
    return null // not there or half-written: the process is named all the same
  }
}
