/**
 * Writes ClickHouse's RowBinary: values one after the other, little-endian, strings and arrays preceded by a LEB128
 * length (clickhouse.com/docs/interfaces/formats/RowBinary). One writer is reused for many rows; `take` hands over a copy.
 */
import type { Version } from '../core/claim.ts'
import type { RowChunk, RowTable } from '../core/ports.ts'
import { dayOf, type Millis } from '../core/time.ts'

const TWO_32 = 4294967296
/** Seconds from 1900 to 1970: inf_time is at least 1900, and versions are unsigned. 2^34 seconds later is the year 2444. */
const SECONDS_1900 = 2208988800
const encoder = new TextEncoder()

export class RowWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #view: DataView<ArrayBuffer>
  #at = 0
  #rows = 0

  /** @param bytes initial capacity; grows by doubling. */
  constructor (bytes = 65536) {
    this.#bytes = new Uint8Array(bytes)
    this.#view = new DataView(this.#bytes.buffer)
  }

  get rows (): number { return this.#rows }
  get length (): number { return this.#at }

  #reserve (bytes: number): void {
    const need = this.#at + bytes
    if (need <= this.#bytes.length) return
    let size = this.#bytes.length * 2
    while (size < need) size *= 2
    const grown = new Uint8Array(size)
    grown.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }

  /** Counts the row just written. */
  endRow (): void {
    this.#rows++
  }

  /** Everything written since the last take, as bytes nobody else holds; the writer is empty afterwards. */
  take (): { rows: number, bytes: Uint8Array<ArrayBuffer> } {
    const taken = { rows: this.#rows, bytes: this.#bytes.slice(0, this.#at) }
    this.#at = 0
    this.#rows = 0
    return taken
  }

  /** `take` as a chunk of one of the tables that lanes write. */
  takeChunk (table: RowTable): RowChunk {
    return { table, ...this.take() }
  }

  bool (value: boolean): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = value ? 1 : 0
  }

  /** UInt8; the caller keeps it in range. */
  uint8 (value: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
  }

  /** Int32 and, up to 2^32 − 1, UInt32 (the bytes are the same). */
  int32 (value: number): void {
    this.#reserve(4)
    this.#view.setInt32(this.#at, value, true)
    this.#at += 4
  }

  /** Int64 and UInt64 of a safe integer, as two 32-bit halves: BigInt would allocate. */
  int64 (value: number): void {
    this.#reserve(8)
    const high = Math.floor(value / TWO_32)
    this.#view.setUint32(this.#at, value - high * TWO_32, true)
    this.#view.setInt32(this.#at + 4, high, true)
    this.#at += 8
  }

  /** DateTime64(3): milliseconds, as an Int64. */
  time (at: Millis): void {
    this.int64(at)
  }

  /** Nullable(DateTime64(3)). */
  timeOrNull (at: Millis | null): void {
    if (at === null) { this.uint8(1); return }
    this.uint8(0)
    this.int64(at)
  }

  /** Nullable(Date32): days since 1970-01-01 on the calendar of UTC+8. */
  dateOrNull (at: Millis | null): void {
    if (at === null) { this.uint8(1); return }
    this.uint8(0)
    this.int32(dayOf(at))
  }

  /** UInt128 that orders as compareVersions does: seconds of inf_time since 1900 (34 bits), order (30), content (64). */
  version (version: Version): void {
    this.#reserve(16)
    const seconds = Math.floor(version.inf_time / 1000) + SECONDS_1900
    const order = version.order % (1 << 30)
    this.#view.setInt32(this.#at, version.contentLo, true)
    this.#view.setInt32(this.#at + 4, version.contentHi, true)
    this.#view.setInt32(this.#at + 8, order | ((seconds & 3) << 30), true)
    this.#view.setUint32(this.#at + 12, Math.floor(seconds / 4), true)
    this.#at += 16
  }

  /** UInt128. */
  uint128 (value: bigint): void {
    this.#reserve(16)
    this.#view.setBigUint64(this.#at, BigInt.asUintN(64, value), true)
    this.#view.setBigUint64(this.#at + 8, value >> 64n, true)
    this.#at += 16
  }

  /** A length: LEB128, up to 2^31 − 1. */
  length32 (value: number): void {
    this.#reserve(5)
    while (value > 127) {
      this.#bytes[this.#at++] = (value & 127) | 128
      value >>>= 7
    }
    this.#bytes[this.#at++] = value
  }

  /** String as UTF-8. Short ASCII text, nearly all of what claims hold, is copied without leaving JavaScript. */
  text (value: string): void {
    const length = value.length
    if (length > 42) { this.#longText(value); return } // 42 × 3 bytes still fit a one-byte length
    this.#reserve(1 + length * 3)
    const bytes = this.#bytes
    const start = this.#at + 1
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      if (code > 127) {
        const written = encoder.encodeInto(value, bytes.subarray(start)).written
        bytes[start - 1] = written
        this.#at = start + written
        return
      }
      bytes[start + i] = code
    }
    bytes[start - 1] = length
    this.#at = start + length
  }

  #longText (value: string): void {
    const size = Buffer.byteLength(value)
    this.length32(size)
    this.#reserve(size)
    encoder.encodeInto(value, this.#bytes.subarray(this.#at, this.#at + size))
    this.#at += size
  }

  /** String of arbitrary bytes. */
  blob (value: Uint8Array): void {
    this.length32(value.length)
    this.#reserve(value.length)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
  }

  /** Array(String). */
  texts (values: readonly string[]): void {
    this.length32(values.length)
    for (const value of values) this.text(value)
  }

  /** Map(String, String), keys in ascending order so that equal maps are equal bytes. */
  textMap (values: Readonly<Record<string, string>>): void {
    const keys = Object.keys(values).sort()
    this.length32(keys.length)
    for (const key of keys) {
      this.text(key)
      this.text(values[key] ?? '')
    }
  }
}

