/**
 * One record of MessagePack → the members that we read, for foreign bytes. Types that JSON does not have
 * (bytes, extensions, dates) are refused wherever they stand, as is deep nesting. The reader never reads past
 * the record, recurses no deeper than is allowed and makes no more of a count than there are bytes.
 *
 * Why not a library's: theirs build objects of more than some twelve members slowly (V8 makes dictionaries of
 * them), decode every name anew, and read what nobody asks for. Here a name is compared with the one that came
 * after its forerunner the last time, values go straight to their places in a shape, and texts are read as
 * Latin-1, as JSON's are (see raw.ts).
 */
import { isArray, isMap } from './messagepack.ts'
import { refuseSaying } from './refusal.ts'
import { RECORD, type Shape } from './shapes.ts'

/** A name met in maps of one shape, and the name that followed it there the last time. */
interface Name {
  readonly bytes: Buffer
  /** The same, four bytes a word, the last word at the end: compared so, a name costs a quarter. */
  readonly words: Int32Array
  /** Its place among the shape's members; -1 when nobody reads it. */
  readonly place: number
  /** Of its value, when that is a node or a list of nodes. */
  readonly inner: Reading | null
  following: Name | null
}

/** A shape on the way: the values found so far, and the names met in such maps. */
interface Reading {
  readonly shape: Shape
  readonly values: unknown[]
  readonly names: Map<string, Name>
  /** What is before the first name. */
  readonly start: Name
}

/** Names a shape remembers besides its own. Hostile input may hold any number of others, which are only slower. */
const STRANGERS_MAX = 256
const NAME_BYTES_MAX = 64
const WORD = 4

function nameOf (text: string, place: number, inner: Reading | null): Name {
  const bytes = Buffer.from(text, 'latin1')
  const words = new Int32Array(Math.ceil(bytes.length / WORD))
  if (bytes.length >= WORD) words.forEach((_, i) => { words[i] = bytes.readInt32BE(wordAt(i, bytes.length)) })
  return { bytes, words, place, inner, following: null }
}

const wordAt = (i: number, length: number): number => Math.min(i * WORD, length - WORD)

function readingOf (shape: Shape): Reading {
  const names = shape.names.map((text, place): [string, Name] => {
    const inner = shape.inner[text]
    return [text, nameOf(text, place, inner === undefined ? null : readingOf(inner))]
  })
  return { shape, values: names.map(() => undefined), names: new Map(names), start: nameOf('', -1, null) }
}

const record = readingOf(RECORD)
/** Of a member whose name is no text. It remembers no other, as nothing could follow it in particular. */
const NAMELESS = nameOf('', -1, null)

/** V8 shares the characters of a larger text from this length on, and would keep the whole record for it. */
const SHARED_LENGTH = 13

let bytes: Buffer = Buffer.alloc(0)
let view = new DataView(bytes.buffer)
let latin1 = ''
let start = 0
let at = 0
let end = 0
let members = 0
let passing = false // over what nobody reads

/** Members of all maps within the record read last, also those passed over. */
export const membersRead = (): number => members

/**
 * The one value that fills source[from, to), containers nested at most `depth` deep: a record's members, or
 * whatever else it is. Its texts are UTF-8 read as Latin-1. Throws a Refusal: not_msgpack, hostile_value.
 */
export function readMessagePack (source: Uint8Array, from: number, to: number, depth: number): unknown {
  bytes = Buffer.from(source.buffer, source.byteOffset, to)
  view = new DataView(source.buffer, source.byteOffset, to)
  latin1 = bytes.toString('latin1', from, to)
  start = at = from
  end = to
  members = 0
  passing = false
  const value = read(record, depth)
  return at === end ? value : broken(at)
}

function broken (place: number): never {
  const n = place - start + 1
  return refuseSaying('not_msgpack', `第 ${n} 字节起残缺或无法识别 · cut off or unreadable from byte ${n}`)
}

function forbidden (place: number): never {
  const n = place - start + 1
  return refuseSaying('hostile_value', `第 ${n} 字节处类型不允许或嵌套过深 · forbidden type or nesting at byte ${n}`)
}

/** Passes over `length` bytes. @returns where they begin. */
function take (length: number): number {
  const from = at
  if (length > end - at) broken(at)
  at += length
  return from
}

/**
 * The value at `at`. Of a map the members that `inner` has, of a list of maps those of each; a container where
 * none belongs comes out empty, which is enough to refuse it by.
 */
function read (inner: Reading | null, depth: number): unknown {
  const from = take(1)
  const first = bytes[from]!
  if (first >= 0xa0 && first < 0xc0) return readText(first & 31)
  if (first < 0x80) return first
  if (first >= 0xe0) return first - 0x100
  if (first < 0x90) return readMap(first & 15, inner, depth)
  if (first < 0xa0) return readList(first & 15, inner, depth)
  switch (first) {
    case 0xc0: return null
    case 0xc2: return false
    case 0xc3: return true
    case 0xca: return view.getFloat32(take(4))
    case 0xcb: return view.getFloat64(take(8))
    case 0xcc: return view.getUint8(take(1))
    case 0xcd: return view.getUint16(take(2))
    case 0xce: return view.getUint32(take(4))
    case 0xcf: return view.getBigUint64(take(8)).toString() // a text, so that an identifier keeps all its digits
    case 0xd0: return view.getInt8(take(1))
    case 0xd1: return view.getInt16(take(2))
    case 0xd2: return view.getInt32(take(4))
    case 0xd3: return view.getBigInt64(take(8)).toString()
    case 0xd9: return readText(view.getUint8(take(1)))
    case 0xda: return readText(view.getUint16(take(2)))
    case 0xdb: return readText(view.getUint32(take(4)))
    case 0xdc: return readList(view.getUint16(take(2)), inner, depth)
    case 0xdd: return readList(view.getUint32(take(4)), inner, depth)
    case 0xde: return readMap(view.getUint16(take(2)), inner, depth)
    case 0xdf: return readMap(view.getUint32(take(4)), inner, depth)
    case 0xc1: return broken(from)
    default: return forbidden(from)
  }
}

function readText (length: number): string {
  const from = take(length)
  if (passing) return ''
  return length < SHARED_LENGTH ? latin1.slice(from - start, at - start) : bytes.toString('latin1', from, at)
}

function readList (count: number, inner: Reading | null, depth: number): unknown[] {
  if (depth === 0) forbidden(at - 1)
  const list: unknown[] = []
  for (; count > 0; count--) list.push(read(at < end && isMap(bytes[at]!) ? inner : null, depth - 1))
  return list
}

function readMap (count: number, reading: Reading | null, depth: number): object {
  if (depth === 0) forbidden(at - 1)
  members += count
  if (reading === null) return passMembers(count, depth)
  const { shape, values } = reading
  for (let i = 0; i < values.length; i++) values[i] = undefined
  let last = reading.start
  for (; count > 0; count--) {
    const name = readName(reading, last)
    if (name.place >= 0) values[name.place] = read(name.inner, depth - 1)
    else pass(depth - 1)
    last = name
  }
  let place = 0
  return shape.build(() => values[place++])
}

/** A map that nobody reads; what it is like is seen from the object that stands for it. */
function passMembers (count: number, depth: number): object {
  for (; count > 0; count--) {
    passName()
    pass(depth - 1)
  }
  return {}
}

/** Passes over a value; it is checked like any other. */
function pass (depth: number): void {
  const outer = passing
  passing = true
  read(null, depth)
  passing = outer
}

/** The name at `at`, most likely the one that followed `last` before. */
function readName (reading: Reading, last: Name): Name {
  const length = nameLength()
  if (length < 0) return NAMELESS
  const from = take(length)
  const { following } = last
  if (following !== null && isAt(from, length, following)) return following
  const text = bytes.toString('latin1', from, at)
  let name = reading.names.get(text)
  if (name === undefined) {
    name = nameOf(text, -1, null)
    if (length > NAME_BYTES_MAX || reading.names.size >= reading.shape.names.length + STRANGERS_MAX) return name
    reading.names.set(text, name)
  }
  if (last !== NAMELESS) last.following = name
  return name
}

function passName (): void {
  const length = nameLength()
  if (length >= 0) take(length)
}

/** The length of the text that begins at `at`, its header passed over; -1 after a name of another type. */
function nameLength (): number {
  const from = take(1)
  const first = bytes[from]!
  if (first >= 0xa0 && first < 0xc0) return first & 31
  if (first === 0xd9) return view.getUint8(take(1))
  if (first === 0xda) return view.getUint16(take(2))
  if (first === 0xdb) return view.getUint32(take(4))
  if (isMap(first) || isArray(first)) broken(from)
  at = from
  pass(0)
  return -1
}

function isAt (from: number, length: number, { bytes: expected, words }: Name): boolean {
  if (length !== expected.length) return false
  if (length < WORD) {
    for (let i = 0; i < length; i++) if (bytes[from + i] !== expected[i]) return false
    return true
  }
  for (let i = 0; i < words.length; i++) if (view.getInt32(from + wordAt(i, length)) !== words[i]) return false
  return true
}
