/** What the asker would rather read: browsers put text/html first, programs say nothing or application/json. */

/** Whether an Accept header prefers text/html to application/json (RFC 9110, 12.5.1); a tie is JSON. */
export function prefersHtml (accept: string | undefined): boolean {
  if (accept === undefined) return false
  return quality(accept, 'text', 'html') > quality(accept, 'application', 'json')
}

/** The weight of the range that names the type most closely; 0 when none does. */
function quality (accept: string, type: string, subtype: string): number {
  let closest = -1
  let weight = 0
  for (const range of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map(part => part.trim())
    const closeness = [`*/*`, `${type}/*`, `${type}/${subtype}`].indexOf(name)
    if (closeness <= closest) continue
    closest = closeness
    weight = weightOf(parameters)
  }
  return weight
}

function weightOf (parameters: readonly string[]): number {
  const written = parameters.find(each => each.startsWith('q='))
  if (written === undefined) return 1
  const weight = Number(written.slice(2))
  return weight >= 0 && weight <= 1 ? weight : 0
}
