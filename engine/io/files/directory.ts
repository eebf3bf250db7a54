/** Directories that settings name: made and tried once at the start, so that a wrong one is a message and not a hang. */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EngineError } from '../../core/errors.ts'

/**
 * Makes a directory with its parents and tries to write into it.
 * @param setting the environment variable that names it, for the message
 * @throws EngineError CONFIG_INVALID when it cannot be made or written to
 */
export function makeDirectory (path: string, setting: string): void {
  try {
    makeWithParents(path)
    const probe = join(path, `.fundwatch-probe-${process.pid}`)
    writeFileSync(probe, '') // permissions alone do not tell of read-only file systems, of quotas, or anything to root
    rmSync(probe)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? WHY[String(error.code)] ?? String(error.code) : String(error)
    throw new EngineError('CONFIG_INVALID', `${setting}: the directory ${path} cannot be used: ${why}`, error)
  }
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a file of this name is in the way',
  ENOTDIR: 'part of the path is a file, not a directory',
  ENOENT: 'nothing can be made there',
  EPERM: 'this file system does not allow it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full'
}

/** Level by level: node's own `recursive` never returns where the system answers ENOENT below a directory that exists (/proc). */
function makeWithParents (path: string): void {
  if (isDirectory(path)) return
  const parent = dirname(path)
  if (parent !== path) makeWithParents(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isDirectory(path)) throw error
  }
}

function isDirectory (path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
