import { describe, expect, it } from 'vitest'
import { namedQuery, QUERIES } from './queries.ts'
import { boundParameters, parameterTypes } from './queries/named.ts'

describe('named queries', () => {
  it('bind every parameter and give defaults only to parameters they have', () => {
    for (const [name, query] of Object.entries(QUERIES)) {
      const types = parameterTypes(query)
      for (const key of Object.keys(query.defaults ?? {})) expect(types.has(key), `${name}: ${key}`).toBe(true)
      expect(query.sql.replace(/\{[a-z_]+:[A-Za-z0-9()]+\}/g, ''), name).not.toMatch(/[{}]|\$\{/)
    }
  })

  it('refuse names and parameters that do not exist', () => {
    expect(() => namedQuery('flags.drop')).toThrow('there is no query flags.drop')
    expect(() => namedQuery('constructor')).toThrow(TypeError)
    const query = namedQuery('flag.get')
    expect(() => boundParameters('flag.get', query, {})).toThrow('needs the parameter flag_id')
    expect(() => boundParameters('flag.get', query, { flag_id: 5 })).toThrow('flag_id is not a String')
    expect(() => boundParameters('flag.get', query, { flag_id: '', more: 1 })).toThrow('no parameter more')
    expect(() => boundParameters('flags.ids', namedQuery('flags.ids'), { limit: -1 })).toThrow('limit is not a UInt32')
  })
})
