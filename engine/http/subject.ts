/** Whom or what a flag is about, as it may be shown: a person's number masked, and what several persons' claims share in words. */
import type { FlagItem, FlagRow, Subject } from '../core/flag.ts'
import { maskPersonNo } from '../core/mask.ts'
import type { Bilingual } from '../core/rulebook.ts'
import type { NameOf } from './catalogue-names.ts'
import type { InstitutionName } from './institution-names.ts'
import { itemHandle, personHandle } from './person.ts'

type Kind = Subject['kind']
export interface SubjectPart { readonly label: Bilingual, readonly shown: Bilingual }

const BAR = '|'
const LABELS = {
  person: { zh: '参保人', en: 'person' },
  code: { zh: '追溯码', en: 'code' },
  institution: { zh: '机构', en: 'institution' },
  ward: { zh: '病区', en: 'ward' },
  bed: { zh: '床位', en: 'bed' },
  device: { zh: '设备', en: 'device' },
  item: { zh: '药品或项目', en: 'item' },
  month: { zh: '月份', en: 'month' },
  day: { zh: '日期', en: 'day' },
  group: { zh: '分组', en: 'group' }
} as const satisfies Readonly<Record<string, Bilingual>>
type Label = keyof typeof LABELS

/** What the parts of a name are, before the month or day at its end (core/shared.ts). */
const PARTS: Readonly<Record<Kind, readonly Label[]>> = {
  person: ['person'], trace: ['code'], bed: ['institution', 'ward', 'bed'], terminal: ['institution', 'device'],
  institution: ['institution'], item: ['institution', 'item'], medicine: ['person', 'item']
}

const DAY = /^\d{4}-\d\d-\d\d$/
const MONTH = /^\d{4}-\d\d$/

interface Part { readonly is: Label, readonly text: string }

/** A device that is seen at several institutions is named without one. */
function partsOf ({ kind, key }: Subject): Part[] {
  if (kind === 'person' || kind === 'trace') return [{ is: PARTS[kind][0]!, text: key }]
  const texts = key.split(BAR)
  const untimed = texts.filter(text => !DAY.test(text) && !MONTH.test(text)).length
  const names = kind === 'terminal' && untimed === 1 ? ['device'] as const : PARTS[kind]
  return texts.map((text, i) => ({ is: names[i] ?? (DAY.test(text) ? 'day' : MONTH.test(text) ? 'month' : 'group'), text }))
}

/** The subject as answers carry it. */
export function shownSubject (subject: Subject): string {
  return partsOf(subject).map(masked).join(BAR)
}

function masked ({ is, text }: Part): string {
  return is === 'person' ? maskPersonNo(text) : text
}

/** The subject in words. Empty parts, as of a bed in no ward, are left out. */
export function explainSubject (row: FlagRow, institution: InstitutionName, nameOf: NameOf): SubjectPart[] {
  const { subject_kind, subject, service_time } = row
  return partsOf({ kind: subject_kind, key: subject }).filter(({ text }) => text !== '').map(part => {
    const text = masked(part)
    const name = part.is === 'institution' ? institution(text) : part.is === 'item' ? nameOf(text, service_time) : ''
    return { label: LABELS[part.is], shown: name === '' ? { zh: text, en: text } : { zh: `${name}（${text}）`, en: `${name} (${text})` } }
  })
}

/** Codes of institutions in the subject's name. */
export function codesOfSubject ({ subject_kind, subject }: Pick<FlagRow, 'subject_kind' | 'subject'>): string[] {
  return partsOf({ kind: subject_kind, key: subject }).filter(({ is }) => is === 'institution').map(({ text }) => text)
}

/** Whose claim an item is: the number as it may be shown, and what finds the person. */
export function personOfItem (row: FlagRow, item: FlagItem): { psn_no: string, person: string } {
  if (row.subject_kind === 'person') return { psn_no: maskPersonNo(row.subject), person: personHandle(row.subject, row.flag_id) }
  const place = row.items.indexOf(item)
  const psn_no = row.persons[place] ?? ''
  return { psn_no: maskPersonNo(psn_no), person: itemHandle(psn_no, row, place) }
}
