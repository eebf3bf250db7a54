/** "Did you mean": the known name nearest to a misspelt one. */

/**
 * @returns the nearest of `known` by edit distance, or null when none is near enough to be meant.
 * Names longer than 64 characters are not compared: the cost grows with the square of the length.
 */
export function nearest (name: string, known: readonly string[]): string | null {
  if (name.length > 64) return null
  let best: string | null = null
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

function editDistance (a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}
