/** Persons and institutions: a person's claims and flags, an institution's figures. */
import type { FastifyInstance } from 'fastify'
import type { ServerDeps } from '../deps.ts'
import { maskPersonNo } from '../../core/mask.ts'
import { claimSchema } from '../detail-schemas.ts'
import { LISTED_FLAG_EXAMPLE, CLAIM_EXAMPLE, INSTITUTION_EXAMPLE } from '../examples.ts'
import { type PageQuery, pageQuery, pagingOf, type SpanQuery, spanOf, spanQuery } from '../paging.ts'
import { personOf } from '../person.ts'
import { Problem } from '../problem.ts'
import { institutionSummary, personClaims, personFlags } from '../reads.ts'
import { list, listedFlag, object, problems, text } from '../schemas.ts'
import { institutionProperties } from '../totals.ts'

export function registerSubjects (app: FastifyInstance, { reader, rulebook }: ServerDeps): void {
  app.get<{ Params: { psn_no: string }, Querystring: PageQuery & SpanQuery }>('/v1/persons/:psn_no/claims', {
    schema: {
      operationId: 'listPersonClaims',
      tags: ['subjects'],
      summary: '参保人的结算与疑点 · a person’s claims, oldest first, and flags',
      params: object({ psn_no: text('psn_no, or `person` of a flag', 'P1') }),
      querystring: { type: 'object', properties: { ...spanQuery, ...pageQuery } },
      response: {
        200: {
          ...object({
            psn_no: text('person, masked where it is written like a certificate number', 'P1'),
            claims: list(claimSchema),
            flags: list(listedFlag, 'all of the person’s, newest first')
          }, '结算与疑点 · claims and flags'),
          examples: [{ psn_no: 'P1', claims: [CLAIM_EXAMPLE], flags: [LISTED_FLAG_EXAMPLE] }]
        },
        ...problems(400, 404, 503)
      }
    }
  }, async request => {
    const psn_no = await personOf(reader, request.params.psn_no)
    const { from_ms, to_ms } = spanOf(request.query)
    const claims = await personClaims(reader, psn_no, from_ms, to_ms, pagingOf(request.query))
    const flags = await personFlags(reader, rulebook, psn_no)
    if (claims.length === 0 && flags.length === 0) throw new Problem('NOT_FOUND', 'nothing is known of this person in this span')
    return { psn_no: maskPersonNo(psn_no), claims, flags }
  })

  app.get<{ Params: { fixmedins_code: string } }>('/v1/institutions/:fixmedins_code', {
    schema: {
      operationId: 'getInstitution',
      tags: ['subjects'],
      summary: '机构概况 · an institution’s settlements, flags and suspected money',
      params: object({ fixmedins_code: text('institution', 'H34170200001') }),
      response: { 200: { ...object(institutionProperties, '机构 · the institution'), examples: [INSTITUTION_EXAMPLE] }, ...problems(404, 503) }
    }
  }, async request => {
    const summary = await institutionSummary(reader, request.params.fixmedins_code)
    if (summary === null) throw new Problem('NOT_FOUND', 'nothing is known of this institution')
    return summary
  })
}
