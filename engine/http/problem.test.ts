/** Errors: pages for browsers, JSON for programs, and the right status for an address or a method that is not there. */
import { describe, expect, it } from 'vitest'
import { prefersHtml } from './accept.ts'
import { ALL_ROWS, harness } from './fakes.ts'

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

describe('prefersHtml', () => {
  it.each([
    [undefined, false], ['', false], ['*/*', false], ['application/json', false], ['application/json, text/html', false], ['text/html', true], [BROWSER, true], ['TEXT/HTML', true],
    ['text/*', true], ['text/html;q=0.5, application/json', false], ['text/html;q=0', false], ['text/html;q=0, */*', false], ['application/*;q=0.2, text/html;q=0.3', true],
    ['text/html;q=x', false], ['text/html;level=1;q=0.9, application/json;q=0.8', true], [',;,;q=', false]
  ])('%s: %s', (accept, html) => {
    expect(prefersHtml(accept)).toBe(html)
  })
})

describe('an address that does not exist', () => {
  it.each(['/nowhere', '/nowhere?x=1', '/flags/', '/rules/nothing', '/institutions/nothing', '/v1/flags/nothing/evidence'])('%s is a Chinese page for a browser', async url => {
    const { app } = await harness()
    const answer = await app.inject({ url, headers: { accept: BROWSER } })
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['vary']]).toEqual([404, 'text/html; charset=utf-8', 'accept'])
    expect(answer.body).toMatch(/^<!doctype html>\n<html lang="zh-CN">/)
    for (const shown of ['<h1>未找到', '请检查地址是否完整', 'href="/flags"']) expect(answer.body).toContain(shown)
    expect(answer.headers['content-security-policy']).toContain("style-src 'sha256-")
  })

  it('is JSON for a program', async () => {
    const { app } = await harness()
    for (const accept of ['*/*', 'application/json']) {
      const answer = await app.inject({ url: '/nowhere?x=1', headers: { accept } })
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND'])
    }
  })
})

describe('a method that a known address does not take', () => {
  it.each([
    ['POST', '/flags', 'GET, HEAD'], ['DELETE', '/v1/flags/4f1c', 'GET, HEAD'], ['PUT', '/v1/claims', 'POST'], ['GET', '/v1/claims', 'POST'], ['OPTIONS', '/', 'GET, HEAD'],
    ['PATCH', '/rules/split-hospitalisation?x=1', 'GET, HEAD']
  ] as const)('%s %s is answered 405 with Allow: %s', async (method, url, allow) => {
    const { app } = await harness({ rows: ALL_ROWS })
    const form = { payload: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    const answer = await app.inject({ method, url, ...(method === 'POST' ? form : {}) })
    expect([answer.statusCode, answer.headers['allow'], answer.json().code]).toEqual([405, allow, 'METHOD_NOT_ALLOWED'])
  })

  it('is a page for a browser too, and an address too long for any route stays 404', async () => {
    const { app } = await harness()
    const page = await app.inject({ url: '/v1/claims', headers: { accept: BROWSER } })
    expect([page.statusCode, page.headers['allow']]).toEqual([405, 'POST'])
    expect(page.body).toContain('<h1>该地址不支持此方法')
    expect((await app.inject({ method: 'POST', url: `/v1/flags/${'x'.repeat(300)}` })).statusCode).toBe(404)
    expect((await app.inject({ method: 'POST', url: '/v1x/claims' })).statusCode).toBe(404)
  })
})

it('tells somebody without a token nothing about the data', async () => {
  const { app } = await harness({ settings: { token: 'secret' } })
  const answer = await app.inject({ url: '/nowhere', headers: { accept: BROWSER } })
  expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')])
  expect(answer.body).toContain('访问令牌')
  expect(answer.body).not.toContain('数据截至')
})

it('escapes what the address says', async () => {
  const { app } = await harness()
  const answer = await app.inject({ url: '/flags?%3Cscript%3E=1', headers: { accept: BROWSER } })
  expect(answer.statusCode).toBe(400)
  expect(answer.body).not.toContain('<script')
  expect(answer.body).toContain('&lt;script&gt;')
})
