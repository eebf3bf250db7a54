/** What the operating system says that this process holds and has worked. */
import { UsageError } from '../../engine/cli/command.ts'

const MIB = 1024 * 1024
/** Left to others when a size is tried. */
const SPARE_BYTES = 512 * MIB

/** Resident bytes once garbage is gone, which is nobody's memory: needs `node --expose-gc`. */
export function residentBytes (): number {
  if (globalThis.gc === undefined) throw new Error('start node with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage.rss()
}

/** The most that was ever resident, in bytes. */
export function peakBytes (): number {
  return process.resourceUsage().maxRSS * 1024
}

/** Microseconds that processors worked for the whole process since `before` (process.cpuUsage()), also on collecting garbage. */
export function workedSince (before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** @throws UsageError when the machine has not so much left: it would swap, or end us */
export function assertRoom (bytes: number, what: string): void {
  const available = process.availableMemory()
  if (bytes + SPARE_BYTES <= available) return
  throw new UsageError(`${what} take about ${Math.round(bytes / MIB)} MiB, and ${Math.round(available / MIB)} are available`)
}
