/** Where an institution is, read off its code: rules about an institution's whole day or year go by its own area, not by a person's. */

/** The six digits of area in an institution's national code: a letter, the area, a number. */
export function ownArea (fixmedins_code: string): string {
  return fixmedins_code.slice(1, 7)
}
