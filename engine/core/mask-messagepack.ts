/**
 * MessagePack as text for people, in JSON's notation, however broken: it walks forward only, a token a step.
 */

const decoder = new TextDecoder()

/** Bytes that follow each of the tokens 0xca–0xd8: floats, integers and extensions of fixed size. */
const FIXED = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17]

/** Renders bytes as text; what cannot be read as MessagePack ends it with "…". */
export function messagePackText (bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const open: Array<{ left: number, map: boolean, close: string }> = []
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const step = readToken(view, at)
    if (step === null) return `${text}…`
    text += step.text
    at = step.next
    const map = step.container === 'map'
    if (step.container !== null) open.push({ left: step.count, map, close: map ? '}' : ']' })
    else if (open.length > 0) open.at(-1)!.left--
    while (open.length > 0 && open.at(-1)!.left <= 0) {
      text += open.pop()!.close
      if (open.length > 0) open.at(-1)!.left--
    }
    const inner = open.at(-1)
    if (inner === undefined) text += ' '
    else if (step.count === 0) text += inner.map && inner.left % 2 === 1 ? ':' : ','
  }
  return open.length > 0 ? `${text}…` : text.trimEnd()
}

interface Token {
  readonly text: string
  readonly next: number
  readonly container: 'map' | 'list' | null
  /** Values within, two an entry of a map. */
  readonly count: number
}

const scalar = (text: string, next: number): Token => ({ text, next, container: null, count: 0 })

function readToken (view: DataView, at: number): Token | null {
  const first = view.getUint8(at)
  if (first < 0x80) return scalar(String(first), at + 1)
  if (first < 0x90) return { text: '{', next: at + 1, container: 'map', count: (first & 15) * 2 }
  if (first < 0xa0) return { text: '[', next: at + 1, container: 'list', count: first & 15 }
  if (first < 0xc0) return textToken(view, at + 1, first & 31)
  if (first >= 0xe0) return scalar(String(first - 256), at + 1)
  if (first === 0xc0) return scalar('null', at + 1)
  if (first === 0xc2 || first === 0xc3) return scalar(first === 0xc3 ? 'true' : 'false', at + 1)
  const fixed = FIXED[first - 0xca]
  if (fixed !== undefined) {
    const next = at + 1 + fixed
    return next <= view.byteLength ? scalar(numberText(view, first, at + 1), next) : null
  }
  return first === 0xc1 ? null : variable(view, first, at + 1)
}

/** Texts, binaries, extensions and containers whose length is written out. */
function variable (view: DataView, first: number, at: number): Token | null {
  let wide = 1 << ((first - 0xc4) % 3) // binaries and extensions: 1, 2 or 4 bytes
  if (first >= 0xdc) wide = first % 2 === 0 ? 2 : 4
  else if (first >= 0xd9) wide = 1 << (first - 0xd9)
  if (at + wide > view.byteLength) return null
  const length = wide === 1 ? view.getUint8(at) : wide === 2 ? view.getUint16(at) : view.getUint32(at)
  const body = at + wide
  if (first >= 0xde) return { text: '{', next: body, container: 'map', count: length * 2 }
  if (first >= 0xdc) return { text: '[', next: body, container: 'list', count: length }
  if (first >= 0xd9) return textToken(view, body, length)
  const end = body + length + (first >= 0xc7 ? 1 : 0) // an extension has a byte for its type
  return end <= view.byteLength ? scalar(`"(${length} bytes)"`, end) : null
}

function textToken (view: DataView, at: number, length: number): Token {
  const end = Math.min(at + length, view.byteLength) // a cut-off text is shown as far as it goes
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, end - at)
  return scalar(JSON.stringify(decoder.decode(bytes)), end)
}

function numberText (view: DataView, first: number, at: number): string {
  switch (first) {
    case 0xca: return String(view.getFloat32(at))
    case 0xcb: return String(view.getFloat64(at))
    case 0xcc: return String(view.getUint8(at))
    case 0xcd: return String(view.getUint16(at))
    case 0xce: return String(view.getUint32(at))
    case 0xcf: return String(view.getBigUint64(at))
    case 0xd0: return String(view.getInt8(at))
    case 0xd1: return String(view.getInt16(at))
    case 0xd2: return String(view.getInt32(at))
    case 0xd3: return String(view.getBigInt64(at))
    default: return '"(extension)"'
  }
}
