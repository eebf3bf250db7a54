/** Security headers of every answer. Pages carry their style inline, named by hash, and no script at all. */
import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Answers hold health data: neither proxies nor browsers may keep them.
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'"
} as const

/** Sets them; a page then replaces the policy by its own. */
export function setSecurityHeaders (reply: FastifyReply): void {
  void reply.headers(HEADERS)
}

/** The policy of a page whose only resource is the inline `style`. */
export function pagePolicy (style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
}
