/** Flags about what the claims of several persons share: named for what they are, of nobody, each claim with its person. */
import { describe, expect, it } from 'vitest'
import type { Subject } from '../core/flag.ts'
import { flagLines } from '../cli/flag-lines.ts'
import type { FlagDetail } from './flag-detail.ts'
import { ALL_ROWS, FLAG, harness, SHARED_FLAG } from './fakes.ts'
import { explainSubject, shownSubject } from './subject.ts'

const CERTNO = '110101199003071234'
const MASKED = '110101**********34'
const claim = (psn_no: string, fixmedins_code: string, setl_id: string) =>
  ({ ...ALL_ROWS['flag.claims'][0], infno: '2102', psn_no, fixmedins_code, setl_id, mdtrt_id: `M${setl_id}`, psn_name: '李四' })

function rowsOf (flag: typeof SHARED_FLAG, ...others: Array<typeof FLAG>) {
  const [b = '', a = ''] = flag.persons
  const claims = [claim(b, 'P2', 'B'), claim(a, 'P1', 'A')]
  return { ...ALL_ROWS, 'flags.list': [flag, ...others].map((each, i) => ({ ...each, rank: 9 - i })), 'flag.get': [flag], 'flag.claims': claims, 'person.claims': claims }
}

describe('a flag about a trace code', () => {
  it('is of no person in lists and answers, and of one in each of its items', async () => {
    const { app } = await harness({ rows: rowsOf(SHARED_FLAG) })
    const about = { subject_kind: 'trace', subject: '81234560000000000017', psn_no: '', person: '' }
    expect((await app.inject('/v1/flags')).json().flags[0]).toMatchObject(about)
    const flag = (await app.inject(`/v1/flags/${SHARED_FLAG.flag_id}`)).json()
    expect(flag).toMatchObject({
      ...about, subject_explained: [{ label: { zh: '追溯码' }, shown: { zh: '81234560000000000017' } }],
      items: [{ setl_id: 'B', psn_no: 'P8', person: 'P8', claims: [{ psn_no: 'P8' }] }, { setl_id: 'A', psn_no: 'P9', person: 'P9', claims: [{ psn_no: 'P9' }] }]
    })
  })

  it('names the code and links each claim to its person on its page', async () => {
    const { app } = await harness({ rows: rowsOf(SHARED_FLAG) })
    const { body } = await app.inject(`/v1/flags/${SHARED_FLAG.flag_id}/evidence`)
    expect(body).toMatch(/比对对象 <span class="en" lang="en">subject<\/span><\/dt><dd>药品追溯码/)
    expect(body).toContain('<strong>81234560000000000017</strong>')
    expect(body).toContain('2 人 <span class="en" lang="en">2 persons</span>')
    expect(body.match(/<a href="\/flags\?person=P8&amp;status=all"><code>P8<\/code><\/a>/g)).toHaveLength(2)
    expect(body).toMatch(/结算 <code>A<\/code>\s+· 参保人 <a href="\/flags\?person=P9&amp;/)
    expect(body).not.toMatch(/person=&amp;|<code><\/code>/)
  })

  it('stands in lists under its code, leading to no person', async () => {
    const { app } = await harness({ rows: rowsOf(SHARED_FLAG) })
    for (const url of ['/', '/flags', '/institutions/P2']) {
      const { body } = await app.inject(url)
      expect(body).toMatch(/<td>药品追溯码 <span class="en" lang="en">a trace code<\/span><br><code>81234560000000000017<\/code><\/td>/)
      expect(body).not.toContain('person=&amp;')
    }
  })

  it('is read in the terminal with its subject and the persons of its claims', async () => {
    const { app } = await harness({ rows: rowsOf(SHARED_FLAG) })
    const lines = flagLines((await app.inject(`/v1/flags/${SHARED_FLAG.flag_id}`)).json() as FlagDetail)
    expect(lines).toEqual(expect.arrayContaining(['比对对象 subject', '  药品追溯码', '  追溯码：81234560000000000017', '  主疑点项  P2  结算 B  参保人 P8', '  涉及项  P1  结算 A  参保人 P9']))
    const own = await harness({ rows: ALL_ROWS })
    const ofPerson = flagLines((await own.app.inject(`/v1/flags/${FLAG.flag_id}`)).json() as FlagDetail)
    expect(ofPerson.filter(line => /参保人|比对对象/.test(line))).toEqual([])
  })

  it('says of a retracted one what it was about, and of nobody whose', async () => {
    const { app } = await harness({ rows: rowsOf({ ...SHARED_FLAG, status: 'retracted', items: [], persons: [] }) })
    const { body } = await app.inject(`/v1/flags/${SHARED_FLAG.flag_id}/evidence`)
    expect(body).toContain('81234560000000000017')
    expect(body).not.toContain('相关参保人')
  })
})

describe('a certificate number among the persons', () => {
  const flag = { ...SHARED_FLAG, persons: ['P8', CERTNO] }
  const handle = `flag:${flag.flag_id}:7.2`
  const askedFor = (asked: ReadonlyArray<{ name: string, parameters: object }>): unknown[] =>
    asked.filter(each => each.name === 'flags.list' || each.name === 'person.claims').map(each => (each.parameters as { psn_no: string }).psn_no)

  it.each(['/v1/flags', `/v1/flags/${flag.flag_id}`, `/v1/flags/${flag.flag_id}/evidence`, `/flags?person=${CERTNO}`, `/v1/persons/${CERTNO}/claims`])('is shown nowhere: %s', async url => {
    const { app } = await harness({ rows: rowsOf(flag) })
    const { body, statusCode } = await app.inject(url)
    expect(statusCode).toBe(200)
    expect(body).not.toContain(CERTNO)
  })

  it('finds its person by the item, in lists and in links', async () => {
    const { app, asked } = await harness({ rows: rowsOf(flag) })
    const shown = (await app.inject(`/v1/flags/${flag.flag_id}`)).json()
    expect(shown.items).toMatchObject([{ psn_no: 'P8', person: 'P8' }, { psn_no: MASKED, person: handle }])
    expect((await app.inject(`/v1/flags/${flag.flag_id}/evidence`)).body).toContain(`href="/flags?person=${encodeURIComponent(handle)}&amp;status=all"><code>${MASKED}</code>`)
    await app.inject(`/v1/flags?person=${encodeURIComponent(handle)}`)
    expect((await app.inject(`/v1/persons/${encodeURIComponent(handle)}/claims`)).json().psn_no).toBe(MASKED)
    expect(askedFor(asked)).toEqual([CERTNO, CERTNO, CERTNO])
  })

  it.each([
    ['of another revision, which may have another person there', `flag:${flag.flag_id}:6.2`], ['without a place', `flag:${flag.flag_id}`], ['beyond the items', `flag:${flag.flag_id}:7.3`],
    ['before the items', `flag:${flag.flag_id}:7.0`]
  ])('is found by no handle %s', async (_, written) => {
    const { app, asked } = await harness({ rows: rowsOf(flag) })
    await app.inject(`/v1/flags?person=${encodeURIComponent(written)}`)
    expect(askedFor(asked)).toEqual([written])
  })

  it('is repeated in the form by a flag of the person’s own if there is one, else by the item', async () => {
    const own = { ...FLAG, flag_id: 'aa', subject: CERTNO }
    for (const [rows, value] of [[rowsOf(flag), handle], [rowsOf(flag, own), 'flag:aa'], [{ ...rowsOf(flag), 'flag.get': [] }, MASKED], [{ ...rowsOf(flag), 'flags.list': [] }, MASKED]] as const) {
      const { app } = await harness({ rows })
      expect((await app.inject(`/flags?person=${CERTNO}`)).body).toContain(`name="person" value="${value}"`)
    }
  })
})

const NAMES = new Map([['H1', '一院'], ['X1', '氨氯地平片']])
const nameOf = (code: string): string => NAMES.get(code) ?? ''

it.each<[Subject['kind'], string, string, string[]]>([
  ['bed', 'H1|W3|12|2026-03', 'H1|W3|12|2026-03', ['机构 一院（H1）', '病区 W3', '床位 12', '月份 2026-03']],
  ['bed', 'H1||12|2026-03', 'H1||12|2026-03', ['机构 一院（H1）', '床位 12', '月份 2026-03']],
  ['terminal', 'H1|D-7|2026-03-05', 'H1|D-7|2026-03-05', ['机构 一院（H1）', '设备 D-7', '日期 2026-03-05']],
  ['terminal', 'D-7|2026-03', 'D-7|2026-03', ['设备 D-7', '月份 2026-03']],
  ['institution', 'H2|2026-03-05|0f3c', 'H2|2026-03-05|0f3c', ['机构 H2', '日期 2026-03-05', '分组 0f3c']],
  ['item', 'H1|X1|2026-03', 'H1|X1|2026-03', ['机构 一院（H1）', '药品或项目 氨氯地平片（X1）', '月份 2026-03']],
  ['medicine', `${CERTNO}|X1|2026-03`, `${MASKED}|X1|2026-03`, [`参保人 ${MASKED}`, '药品或项目 氨氯地平片（X1）', '月份 2026-03']],
  ['person', CERTNO, MASKED, [`参保人 ${MASKED}`]],
  ['trace', '2026|03', '2026|03', ['追溯码 2026|03']]
])('a subject of kind %s, %s, can be read', (subject_kind, subject, shown, words) => {
  expect(shownSubject({ kind: subject_kind, key: subject })).toBe(shown)
  const parts = explainSubject({ ...SHARED_FLAG, subject_kind, subject }, nameOf, nameOf)
  expect(parts.map(part => `${part.label.zh} ${part.shown.zh}`)).toEqual(words)
})
