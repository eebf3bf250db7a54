/** What the OpenAPI document says beside the routes' own schemas. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

export function openapi (version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'fundwatch',
        version,
        description: '医保基金结算实时监测：记录入、疑点出。疑点仅为线索，须经核查认定。Records of the medical-insurance fund in, flags with their evidence out. ' +
          'A flag is a lead only. Names and certificate numbers are masked in every answer; money is in 分; times are yyyy-MM-dd HH:mm:ss at UTC+8.'
      },
      tags: [
        { name: 'claims', description: '提交记录 · records in' },
        { name: 'flags', description: '疑点与证据 · flags and their evidence' },
        { name: 'subjects', description: '参保人与机构 · persons and institutions' },
        { name: 'credit', description: '负面信息候选与预警分 · candidates and early-warning scores' },
        { name: 'rules', description: '规则 · rules' },
        { name: 'engine', description: '运行状态 · health, metrics, totals, dead letters' },
        { name: 'pages', description: '网页 · pages' }
      ],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Only once FUNDWATCH_TOKEN is set.' } } },
      security: [{ token: [] }, {}]
    }
  }
}
