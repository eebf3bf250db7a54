/** Makes a failing history small: leaves records out as long as it still fails. */

/**
 * Delta debugging (Zeller and Hildebrandt 2002), greedy: ever smaller runs of items are left out where the rest still fails.
 * @param fails whether a selection fails; called at most `tries` times
 */
export function shrink<T> (items: readonly T[], fails: (items: readonly T[]) => boolean, tries = 400): readonly T[] {
  let rest = items
  let size = Math.ceil(rest.length / 2)
  while (size >= 1 && tries > 0) {
    let from = 0
    let shorter = false
    while (from < rest.length && tries-- > 0) {
      const without = [...rest.slice(0, from), ...rest.slice(from + size)]
      if (without.length > 0 && fails(without)) {
        rest = without
        shorter = true
      } else {
        from += size
      }
    }
    if (!shorter || size > rest.length) {
      if (size === 1) break
      size = Math.ceil(Math.min(size, rest.length) / 2)
    }
  }
  return rest
}
