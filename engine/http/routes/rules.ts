/** The rules in force, as the running engine holds them. */
import type { FastifyInstance } from 'fastify'
import { subjectOf } from '../../core/rule.ts'
import type { LoadedRule, Rulebook } from '../../core/rulebook.ts'
import { formatDate } from '../../core/time.ts'
import type { ServerDeps } from '../deps.ts'
import { RULE_EXAMPLE } from '../examples.ts'
import { Problem } from '../problem.ts'
import { bilingual, list, object, problems, severity, text, whole } from '../schemas.ts'
import { nearest } from '../suggest.ts'
import { SUBJECTS } from '../words.ts'

const namedText = object({ id: text('id', 'emergency'), zh: text('Chinese', '急诊入院'), en: text('English', 'emergency admission') })

const article = object({ ...bilingual.properties, from: text('first day in force', '2021-05-01') })

const brief = {
  id: text('rule, its folder’s name', 'split-hospitalisation'),
  version: whole('version', 1),
  title: bilingual,
  official_id: text('national rule code, or empty', 'GZ10000204001000'),
  severity,
  subject: {
    type: 'string', enum: Object.keys(SUBJECTS),
    description: 'what it looks at: a person’s window, one settlement, or what several persons’ claims share'
  }
}
const detail = object({
  ...brief,
  law_basis: list(article, 'every article; a flag is based on those in force on its date of service'),
  negative_items: {
    type: 'object', additionalProperties: { type: 'string' },
    description: 'item of each credit regime that a confirmed flag would fall under'
  },
  exclusions: list(namedText, 'what must not apply'),
  facts: list(namedText, 'facts for and against that a flag may cite'),
  to_check: list(bilingual, 'by hand, in order')
})

export function registerRules (app: FastifyInstance, { rulebook }: ServerDeps): void {
  app.get('/v1/rules', {
    schema: {
      operationId: 'listRules',
      tags: ['rules'],
      summary: '规则清单 · the rules in force',
      response: {
        200: {
          ...object({
            rules: list(object(brief)), digest: text('fingerprint of everything that can change a judgement', '9be07d3355aa01c4')
          }, '规则 · rules'),
          examples: [{ rules: [briefRule(RULE_EXAMPLE)], digest: '9be07d3355aa01c4' }]
        },
        ...problems()
      }
    }
  }, async () => ({ rules: rulebook.rules.map(rule => briefRule({ ...rule, subject: subjectOf(rule.rule) })), digest: rulebook.digest }))

  app.get<{ Params: { id: string } }>('/v1/rules/:id', {
    schema: {
      operationId: 'getRule',
      tags: ['rules'],
      summary: '一条规则 · one rule',
      params: object({ id: text('rule', 'split-hospitalisation') }),
      response: { 200: { ...detail, description: '规则 · the rule', examples: [RULE_EXAMPLE] }, ...problems(404) }
    }
  }, async request => ruleDetail(ruleOr404(rulebook, request.params.id)))
}

/** @throws Problem NOT_FOUND with the id that was probably meant. */
export function ruleOr404 ({ rules }: Rulebook, id: string): LoadedRule {
  const rule = rules.find(each => each.id === id)
  if (rule !== undefined) return rule
  const meant = nearest(id, rules.map(each => each.id))
  throw new Problem('NOT_FOUND', `there is no rule of this id${meant === null ? '' : `. Did you mean ${meant}?`}`)
}

type Brief = Pick<LoadedRule, 'id' | 'version' | 'title' | 'official_id' | 'severity'> & { readonly subject: string }

function briefRule ({ id, version, title, official_id, severity, subject }: Brief) {
  return { id, version, title, official_id, severity, subject }
}

function ruleDetail (rule: LoadedRule) {
  const texts = (map: LoadedRule['facts']) => [...map].map(([id, { zh, en }]) => ({ id, zh, en }))
  return {
    ...briefRule({ ...rule, subject: subjectOf(rule.rule) }),
    law_basis: rule.law_basis.map(({ zh, en, from }) => ({ zh, en, from: formatDate(from) })),
    negative_items: rule.negative_items,
    exclusions: texts(rule.exclusions),
    facts: texts(rule.facts),
    to_check: rule.to_check
  }
}
