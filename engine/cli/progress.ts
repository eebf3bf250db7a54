/** Progress of long work, on stderr: a live line on a terminal, a line every ten seconds elsewhere, nothing when quiet. */

export interface Progress {
  /** Reports how far the work is; `total` null when unknown. */
  update: (done: number, total: number | null, note?: string) => void
  end: (note?: string) => void
}

const LIVE_MS = 100
const PLAIN_MS = 10_000

/** @param label what is being done, e.g. "replay"; @param unit what is counted, e.g. "records". */
export function progress (label: string, unit: string, quiet = false, stream: NodeJS.WriteStream = process.stderr): Progress {
  const live = stream.isTTY === true && process.env.TERM !== 'dumb'
  const started = performance.now()
  let shown = live ? -Infinity : started
  let line = ''

  function text (done: number, total: number | null, note: string): string {
    const seconds = Math.max((performance.now() - started) / 1000, 0.001)
    const rate = done / seconds
    const share = total === null || total === 0 ? '' : ` of ${total.toLocaleString('en')} (${Math.floor(done * 100 / total)} %)`
    const left = total === null || rate === 0 || done >= total ? '' : `, ${duration((total - done) / rate)} left`
    const pace = rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate)
    const told = `${label}: ${done.toLocaleString('en')}${share} ${unit}, ${pace.toLocaleString('en')} ${unit}/s${left}`
    return note === '' ? told : `${told} · ${note}`
  }

  return {
    update (done, total, note = '') {
      line = text(done, total, note)
      const now = performance.now()
      if (quiet || now - shown < (live ? LIVE_MS : PLAIN_MS)) return
      shown = now
      stream.write(live ? `\r\u001b[K${line}` : `${line}\n`)
    },
    end (note = '') {
      if (quiet) return
      const last = [line, note].filter(part => part !== '').join(' · ')
      if (last !== '') stream.write(live ? `\r\u001b[K${last}\n` : `${last}\n`)
    }
  }
}

/** Seconds as "3 s", "2 min 05 s", "1 h 20 min". */
export function duration (seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`
}
