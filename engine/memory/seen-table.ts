/**
 * Whether a key was seen before with something else: trace codes and who settled them, a hundred million of them.
 * A key is 64 bits of a fingerprint, so an answer only ever says "look at this in the store"; it accuses nobody.
 *
 *   directory (by the fingerprint's first bits)      segment: open addressing, linear probing
 *   +---+---+---+---+                               +------+------+-------+-----+
 *   | a | a | b | c |  ──▶ a, b, c                   | hi   | lo   | value | day |  × 16,384      day 0 = empty
 *   +---+---+---+---+                               +------+------+-------+-----+
 *
 * A segment that is full enough is split in two by the next bit (extendible hashing): growing never moves more than
 * one segment's entries, and never all of them. Expired entries are dropped when their segment is split or swept.
 */
import assert from 'node:assert/strict'

const ENTRY_WORDS = 4
const SEGMENT_ENTRIES = 1 << 14
const MASK = SEGMENT_ENTRIES - 1
/** Segments are split at 50 to 80 %, each at its own: were it one for all, all would be split at once, and memory double. */
const LOAD_MIN = SEGMENT_ENTRIES * 0.5
const LOAD_SPREAD = SEGMENT_ENTRIES * 0.3
/** Directory bits, at most: 2^22 segments are 4 TB. Reached only when fingerprints do not spread. */
const DEPTH_MAX = 22

interface Segment { words: Int32Array, live: number, depth: number, readonly limit: number }

/** Seen with several values: whatever comes next is another one. */
const CONTESTED = 0
/** The most that is counted, either way. */
export const COUNT_MAX = 0x7fffffff

interface Place { words: Int32Array, at: number, isNew: boolean }
/** Used again by every call: nothing is allocated. */
const PLACE: Place = { words: new Int32Array(0), at: 0, isNew: false }

function found (words: Int32Array, at: number, isNew: boolean): Place {
  PLACE.words = words
  PLACE.at = at
  PLACE.isNew = isNew
  return PLACE
}

/** 'new': never seen, or forgotten. 'same': only ever with this value. 'other': with another one before, or with several. */
export type Seen = 'new' | 'same' | 'other'

export class SeenTable {
  #directory: Segment[] = [newSegment(0, 0)]
  #depth = 0
  #size = 0
  #sweepAt = 0
  #spare: Int32Array | null = null

  /** Keys remembered. */
  get size (): number { return this.#size }

  /** Held from the operating system. */
  get bytes (): number {
    return new Set(this.#directory).size * SEGMENT_ENTRIES * ENTRY_WORDS * 4 + this.#directory.length * 8
  }

  /**
   * Remembers a key.
   * @param hi, lo the key: two words of a fingerprint. Its task was chosen by another word, so both spread.
   * @param value what it was seen with, not 0
   * @param day when, as a number above 0: days since 1970-01-01. The latest is kept.
   */
  see (hi: number, lo: number, value: number, day: number): Seen {
    assert((value | 0) !== CONTESTED)
    const { words, at, isNew } = this.#place(hi, lo, day)
    if (isNew) words[at + 2] = value
    else if (words[at + 2] === (value | 0)) return 'same'
    else words[at + 2] = CONTESTED
    return isNew ? 'new' : 'other'
  }

  /**
   * Adds to what was counted of a key, which begins with `first`. A table holds counts or values, never both.
   * @returns the sum, at most 2^31 − 1
   */
  count (hi: number, lo: number, weight: number, day: number, first = 0): number {
    const { words, at, isNew } = this.#place(hi, lo, day)
    words[at + 2] = Math.min(COUNT_MAX, (isNew ? first : words[at + 2]!) + weight)
    return words[at + 2]!
  }

  /** What was counted of a key; 0 when it is not known. */
  countOf (hi: number, lo: number): number {
    const { words } = this.#segmentOf(hi)
    return words[probe(words, hi, lo) + 2]!
  }

  /** Sets what was counted of a key, below 0 too: so much more is needed. @param day when it is to be remembered though it was never seen */
  setCount (hi: number, lo: number, count: number, day = 0): void {
    const known = probe(this.#segmentOf(hi).words, hi, lo)
    if (day === 0 && this.#segmentOf(hi).words[known + 3] === 0) return
    const { words, at } = this.#place(hi, lo, Math.max(1, day))
    words[at + 2] = Math.max(-COUNT_MAX, count)
  }

  /** Drops what was last seen before `horizon` from the next segment, going round. Answers never depend on when. */
  sweep (horizon: number): void {
    this.#sweepAt = (this.#sweepAt + 1) % this.#directory.length
    const segment = this.#directory[this.#sweepAt]!
    const before = segment.words
    this.#size -= segment.live
    segment.words = this.#emptyWords()
    segment.live = 0
    moveEntries(before, horizon, () => segment)
    this.#size += segment.live
    this.#spare = before
  }

  clear (): void {
    this.#directory = [newSegment(0, 0)]
    this.#depth = 0
    this.#size = 0
  }

  /** The words of a segment that is no more, or new ones: what is dropped at every split would keep the collector busy. */
  #emptyWords (): Int32Array {
    const words = this.#spare?.fill(0) ?? newWords()
    this.#spare = null
    return words
  }

  /** Where the key is, put there now when it was not known; the latest day is kept. */
  #place (hi: number, lo: number, day: number): Place {
    assert(day > 0)
    for (;;) {
      const segment = this.#segmentOf(hi)
      const { words } = segment
      const at = probe(words, hi, lo)
      if (words[at + 3] !== 0) {
        if (day > words[at + 3]!) words[at + 3] = day
        return found(words, at, false)
      }
      if (segment.live < segment.limit) {
        words[at] = hi
        words[at + 1] = lo
        words[at + 3] = day
        segment.live++
        this.#size++
        return found(words, at, true)
      }
      this.#split(segment, hi)
    }
  }

  #segmentOf (hi: number): Segment {
    return this.#directory[this.#depth === 0 ? 0 : hi >>> (32 - this.#depth)]!
  }

  #split (segment: Segment, hi: number): void {
    if (segment.depth === this.#depth) {
      assert(this.#depth < DEPTH_MAX, 'fingerprints spread')
      this.#directory = this.#directory.flatMap(one => [one, one])
      this.#depth++
    }
    const depth = segment.depth + 1
    const prefix = hi >>> (32 - depth) & ~1
    const halves = [newSegment(depth, prefix, this.#emptyWords()), newSegment(depth, prefix | 1)] as const
    moveEntries(segment.words, 0, first => halves[(first >>> (32 - depth)) & 1]!)
    this.#spare = segment.words
    // The segment's entries of the directory lie side by side: the first half of them keeps the bit 0.
    const span = 1 << (this.#depth - segment.depth)
    const from = Math.floor((hi >>> (32 - this.#depth)) / span) * span
    for (let i = 0; i < span; i++) this.#directory[from + i] = halves[i < span / 2 ? 0 : 1]!
  }
}

function newWords (): Int32Array {
  return new Int32Array(SEGMENT_ENTRIES * ENTRY_WORDS)
}

/** @param prefix the first `depth` bits of its keys */
function newSegment (depth: number, prefix: number, words = newWords()): Segment {
  const share = (Math.imul((prefix + 1) ^ (depth << 24), 0x9e3779b1) >>> 8) / 0x1000000
  return { words, live: 0, depth, limit: Math.floor(LOAD_MIN + LOAD_SPREAD * share) }
}

/** Where the key is, or the empty place where it belongs. */
function probe (words: Int32Array, hi: number, lo: number): number {
  for (let place = lo & MASK; ; place = (place + 1) & MASK) {
    const at = place * ENTRY_WORDS
    if (words[at + 3] === 0 || (words[at] === (hi | 0) && words[at + 1] === (lo | 0))) return at
  }
}

function moveEntries (words: Int32Array, horizon: number, to: (hi: number) => Segment): void {
  for (let at = 0; at < words.length; at += ENTRY_WORDS) {
    const day = words[at + 3]!
    if (day === 0 || day < horizon) continue
    const target = to(words[at]!)
    const place = probe(target.words, words[at]!, words[at + 1]!)
    target.words[place] = words[at]!
    target.words[place + 1] = words[at + 1]!
    target.words[place + 2] = words[at + 2]!
    target.words[place + 3] = day
    target.live++
  }
}
