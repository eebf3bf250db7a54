/** "Did you mean": the known word nearest to a misspelt one. */
import { distance } from 'fastest-levenshtein'

/** " Did you mean --json?" or '' when nothing is near enough to be meant. @param known as they are to be shown */
export function didYouMean (written: string, known: readonly string[]): string {
  const bare = (word: string): string => word.replace(/^-+/, '').toLowerCase()
  let best = ''
  const { length } = bare(written)
  let least = (length < 3 ? length - 1 : Math.max(2, Math.floor(length / 2))) + 1 // two letters in each other's place are a distance of 2
  for (const word of known) {
    // What was begun and not finished is meant, however much is missing.
    const away = length > 1 && bare(word).startsWith(bare(written)) ? 1 : distance(bare(written), bare(word))
    if (away < least) [best, least] = [word, away]
  }
  return best === '' ? '' : ` Did you mean ${best}?`
}
