/** The log says what is wrong with the store, and nothing of what was being stored. */
import { expect, it } from 'vitest'
import { EngineError } from '../core/errors.ts'
import { trouble } from './observe.ts'

it('names codes of the error and its causes, never its words', () => {
  const cause = new Error("Code: 243. DB::Exception: Cannot reserve 1.00 MiB for 张三 340000195104020020. (NOT_ENOUGH_SPACE) (version 26.7)")
  const said = trouble(new EngineError('STORE_WRITE_FAILED', 'inserting 3 rows into claims failed', cause))
  expect(said).toMatchObject({ kind: 'EngineError', codes: ['STORE_WRITE_FAILED', 'ClickHouse 243 NOT_ENOUGH_SPACE'] })
  expect(JSON.stringify(said)).not.toMatch(/张三|3400001951|inserting/)
})

it('names the system’s codes', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
  expect(trouble(new EngineError('STORE_WRITE_FAILED', 'x', full)).codes).toEqual(['STORE_WRITE_FAILED', 'ENOSPC'])
})

it('copes with what is no error', () => {
  expect(trouble('text')).toEqual({ kind: 'string', codes: [], at: [] })
})
