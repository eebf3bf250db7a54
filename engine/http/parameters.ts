/** Query parameters: unknown ones are refused with the name that was probably meant, never ignored. */
import type { FastifyRequest } from 'fastify'
import { parseMoment, type Millis } from '../core/time.ts'
import { Problem } from './problem.ts'
import { nearest } from './suggest.ts'

/** The part of a route's schema that says which parameters it has. */
interface Described { readonly querystring?: { readonly properties?: Readonly<Record<string, unknown>> } }

/** Hook of every route, before the values themselves are checked. */
export function refuseUnknownParameters (request: FastifyRequest): void {
  const described = request.routeOptions.schema as Described | undefined
  const known = Object.keys(described?.querystring?.properties ?? {})
  for (const name of Object.keys(request.query as object)) {
    if (known.includes(name)) continue
    const meant = nearest(name, known)
    const shown = JSON.stringify(name.slice(0, 64))
    throw new Problem('BAD_PARAMETER', meant === null
      ? `${shown} is not a parameter of this address; it has ${known.length === 0 ? 'none' : known.join(', ')}`
      : `${shown} is not a parameter. Did you mean ${meant}?`)
  }
}

/**
 * A date or moment of the interface's form as the query's bound.
 * @param end a date alone means the start of the day; as an end, the start of the next, so that it includes the day.
 */
export function momentParameter (name: string, written: string, end = false): Millis {
  const moment = parseMoment(written)
  if (moment === null) throw new Problem('BAD_PARAMETER', `${name} is not a date (yyyy-MM-dd) or moment (yyyy-MM-dd HH:mm:ss)`)
  return moment.dateOnly && end ? moment.at + 86_400_000 : moment.at
}
