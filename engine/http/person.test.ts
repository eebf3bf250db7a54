/** A certificate number in psn_no: shown nowhere, and its person is found all the same. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../core/ports.ts'
import { ALL_ROWS, FLAG, harness } from './fakes.ts'

const HANDLE = `flag:${FLAG.flag_id}`

function rowsOf (psn_no: string) {
  const flags = [{ ...FLAG, subject: psn_no, rank: 1 }]
  const claims = ALL_ROWS['flag.claims'].map(claim => ({ ...claim, psn_no }))
  return { ...ALL_ROWS, 'flags.list': flags, 'flag.get': flags, 'flag.claims': claims, 'person.claims': claims }
}

describe.each([['a plausible one', '110101199003071234'], ['one with a month that is none', '110101199013071234'], ['one of 15 digits', '110101900307123']])('%s', (_, psn_no) => {
  const encoded = encodeURIComponent(HANDLE)

  it.each([
    '/', '/flags', `/flags?person=${psn_no}`, `/flags?person=${encoded}&limit=1`, '/institutions/H1', '/v1/flags', `/v1/flags?person=${psn_no}`, `/v1/flags/${FLAG.flag_id}`,
    `/v1/flags/${FLAG.flag_id}/evidence`, `/v1/persons/${psn_no}/claims`, `/v1/persons/${encoded}/claims`
  ])('is masked in the answer of %s', async url => {
    const { app } = await harness({ rows: rowsOf(psn_no) })
    const { body, statusCode } = await app.inject(url)
    expect(statusCode).toBe(200)
    expect(body).not.toContain(psn_no)
    expect(body).toMatch(/110101\*{7,10}\d\d/)
  })

  it('finds the person by the number itself, and by any flag', async () => {
    for (const person of [psn_no, HANDLE]) {
      const { app, asked } = await harness({ rows: rowsOf(psn_no) })
      await app.inject(`/v1/flags?person=${encodeURIComponent(person)}`)
      await app.inject(`/v1/persons/${encodeURIComponent(person)}/claims`)
      expect(asked.filter(each => each.name === 'flags.list' || each.name === 'person.claims').map(each => each.parameters['psn_no'])).toEqual([psn_no, psn_no, psn_no])
    }
  })

  it('is replaced by a flag of the person in links and in the form', async () => {
    const { app } = await harness({ rows: { ...rowsOf(psn_no), 'flags.list': [1, 2].map(rank => ({ ...FLAG, subject: psn_no, rank })) } })
    const { body } = await app.inject(`/flags?person=${psn_no}&limit=1`)
    expect(body).toContain(`<a href="/flags?person=flag%3A${FLAG.flag_id}&amp;status=all">`)
    expect(body).toContain(`name="person" value="${HANDLE}"`)
    expect(body).toMatch(new RegExp(`href="/flags\\?[^"]*person=flag%3A${FLAG.flag_id}&amp;[^"]*cursor=`))
  })

  it('is masked in what a submitter is answered, a death included', async () => {
    const outcomes: Outcome[] = [
      { status: 'judged', identity: 'H1/S2', flags: [{ ...FLAG, subject: psn_no }] }, { status: 'learned', identity: `death/${psn_no}`, flags: [] }
    ]
    const { app } = await harness({ outcomes })
    const answer = await app.inject({ method: 'POST', url: '/v1/claims', payload: '[{},{}]', headers: { 'content-type': 'application/json' } })
    expect(answer.body).not.toContain(psn_no)
    expect(answer.json().results).toMatchObject([{ flags: [{ person: HANDLE }] }, { identity: expect.stringMatching(/^death\/110101\*/) }])
  })

  it('is masked in the records that were refused', async () => {
    const letter = { ...ALL_ROWS['dead_letters.list'][0], bytes: Buffer.from(JSON.stringify({ setlinfo: { psn_no } })) }
    const { app } = await harness({ rows: { 'dead_letters.list': [letter] } })
    expect((await app.inject('/v1/dead-letters')).body).not.toContain(psn_no)
  })
})

it('a number of the fund is shown as it is and is its own handle', async () => {
  const psn_no = '341702000000498249'
  const { app } = await harness({ rows: rowsOf(psn_no) })
  expect((await app.inject('/v1/flags')).json().flags[0]).toMatchObject({ psn_no, person: psn_no })
})

it('a handle of a flag that is not known is a psn_no like any other', async () => {
  const { app, asked } = await harness()
  expect((await app.inject('/v1/flags?person=flag%3Anothing')).json().flags).toEqual([])
  expect(asked.find(each => each.name === 'flags.list')?.parameters['psn_no']).toBe('flag:nothing')
})
