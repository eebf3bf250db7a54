/**
 * A person's window made from claims the plain way, with Maps and arrays: what keyed memory must agree with. Written from
 * the definition of a window, not from memory's code. Used by tests only.
 */
import { compareVersions } from '../core/claim.ts'
import type { Line, Settlement, StayEvent, StayLines } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import { dayOf } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import { DIAGNOSIS_GROUPS } from '../core/window.ts'
import type { DiagnosisGroup, PersonWindow, Settled, Stay, StayDay, Visit } from '../core/window.ts'
import type { PersonFact } from './memory.ts'

/** Everything known of a person, records older than `horizon` left out (a stay goes by its latest record). */
export function naiveWindow (psn_no: string, facts: readonly PersonFact[], horizon: Millis = -Infinity): PersonWindow {
  const winners = newest(facts)
  const voided = new Set(winners.flatMap(fact => fact.kind === 'reversal' ? [`${fact.fixmedins_code}|${fact.setl_id}`] : []))
  const settled = winners.filter(fact => fact.kind === 'settlement')
  const standing = settled.filter(claim => !voided.has(`${claim.fixmedins_code}|${claim.setlinfo.setl_id}`))
  const visits = standing.filter(claim => claim.infno !== '2304' && eventTimeOf(claim) >= horizon).map(visitOf)
  const keyOf = (claim: StayPart): string => `${claim.fixmedins_code}|${claim.kind === 'settlement' ? claim.setlinfo.mdtrt_id : claim.mdtrt_id}`
  const parts = winners.filter((fact): fact is StayPart =>
    fact.kind !== 'master' && fact.kind !== 'reversal' && (fact.kind !== 'settlement' || fact.infno === '2304'))
  const stays: Stay[] = []
  for (const key of new Set(parts.map(keyOf))) {
    const own = parts.filter(part => keyOf(part) === key)
    if (Math.max(...own.map(eventTimeOf)) < horizon) continue
    const stay = stayOf(own.filter(part => part.kind !== 'settlement' || standing.includes(part)))
    if (stay !== null) stays.push(stay)
  }
  const dead = winners.find(fact => fact.kind === 'master')
  return {
    psn_no,
    stays: stays.sort((a, b) => a.adm_time - b.adm_time || compare(a.fixmedins_code, b.fixmedins_code) || compare(a.mdtrt_id, b.mdtrt_id)),
    visits: visits.sort((a, b) => a.setl_time - b.setl_time || compare(a.fixmedins_code, b.fixmedins_code) || compare(a.setl_id, b.setl_id)),
    death: dead === undefined ? null : { die_date: Number(dead.fields['die_date']), source: String(dead.fields['source']), inf_time: dead.inf_time }
  }
}

function compare (a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function newest (facts: readonly PersonFact[]): PersonFact[] {
  const winners = new Map<string, PersonFact>()
  facts.forEach((fact, i) => {
    let key = fact.kind as string
    if (fact.kind === 'settlement') key += `${fact.fixmedins_code}|${fact.setlinfo.setl_id}`
    else if (fact.kind === 'reversal') key += `${fact.fixmedins_code}|${fact.setl_id}`
    else if (fact.kind === 'lines') key += i
    else if (fact.kind !== 'master') key += `${fact.fixmedins_code}|${fact.mdtrt_id}`
    const other = winners.get(key)
    if (other === undefined || compareVersions(fact.version, other.version) > 0) winners.set(key, fact)
  })
  return [...winners.values()]
}

function settledOf (claim: Settlement): Settled {
  const { setl_id, mdtrt_id, setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay } = claim.setlinfo
  return { fixmedins_code: claim.fixmedins_code, setl_id, mdtrt_id, setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay }
}

function visitOf (claim: Settlement): Visit {
  const { setlinfo, feedetail, diseinfo } = claim
  const times = feedetail.map(line => line.fee_ocur_time)
  return {
    kind: 'visit',
    ...settledOf(claim),
    pharmacy: claim.infno === '2102',
    insuplc_admdvs: claim.insuplc_admdvs,
    mdtrtarea_admvs: claim.mdtrtarea_admvs,
    med_type: setlinfo.med_type,
    mdtrt_cert_type: setlinfo.mdtrt_cert_type,
    pay_loc: setlinfo.pay_loc,
    in_person: ['1', '2', '3', '4', ''].includes(setlinfo.pay_loc),
    setl_date_only: setlinfo.setl_date_only,
    service_time: times.length === 0 ? setlinfo.setl_time : Math.min(...times),
    retroactive: times.length > 0 && times.every(time => dayOf(time) !== dayOf(setlinfo.setl_time)),
    main_diag: diseinfo.find(one => one.maindiag_flag)?.diag_code ?? '',
    diag_groups: groupsOf(diseinfo.map(one => one.diag_code)),
    external: feedetail.some(line => line.etip_flag)
  }
}

function groupsOf (codes: readonly string[]): Set<DiagnosisGroup> {
  const names = Object.keys(DIAGNOSIS_GROUPS) as DiagnosisGroup[]
  return new Set(names.filter(name => codes.some(code => DIAGNOSIS_GROUPS[name].test(code))))
}

type StayPart = Settlement | StayEvent | StayLines

function stayOf (parts: readonly StayPart[]): Stay | null {
  const settlements = parts.filter(part => part.kind === 'settlement')
    .sort((a, b) => b.setlinfo.setl_time - a.setlinfo.setl_time || compare(b.setlinfo.setl_id, a.setlinfo.setl_id))
  const events = (['list', 'admission', 'discharge'] as const).flatMap(kind => parts.filter((part): part is StayEvent => part.kind === kind))
  const final = settlements.filter(claim => !claim.setlinfo.mid_setl_flag)
  const lists = events.filter(event => event.kind === 'list')
  const adm = [
    ...settlements.map(claim => momentOf(claim.mdtrtinfo?.adm_time, claim.mdtrtinfo?.adm_date_only, claim.setlinfo.begndate)),
    ...events.filter(event => event.kind !== 'discharge').map(event => momentOf(event.mdtrtinfo.adm_time, event.mdtrtinfo.adm_date_only, null))
  ].find(moment => moment !== null)
  if (adm === undefined) return null
  const dscg = [
    ...final.map(claim => momentOf(claim.mdtrtinfo?.dscg_time, claim.mdtrtinfo?.dscg_date_only, claim.setlinfo.enddate)),
    ...events.filter(event => event.kind !== 'admission').map(event => momentOf(event.mdtrtinfo.dscg_time, event.mdtrtinfo.dscg_date_only, null))
  ].find(moment => moment !== null)
  const ranked = [...settlements, ...events]
  const infos = ranked.map(part => part.mdtrtinfo)
  const ofDischarge = [...final, ...lists, ...events.filter(event => event.kind === 'discharge')].map(part => part.mdtrtinfo)
  const word = (of: ReadonlyArray<StayEvent['mdtrtinfo'] | null>, name: 'adm_way' | 'dscg_way' | 'adm_dept_codg' | 'dscg_dept_codg' | 'dise_codg' | 'ipt_med_type'): string =>
    of.map(info => info?.[name] ?? '').find(text => text !== '') ?? ''
  const lines = parts.filter(part => part.kind === 'lines')
  const first = ranked[0]!
  const diagnoses = ranked.map(part => part.diseinfo).find(list => list.length > 0) ?? []
  const setl = (name: 'med_type' | 'mdtrt_cert_type'): string =>
    ranked.map(part => (part.kind === 'settlement' && part.setlinfo[name]) || (part.mdtrtinfo?.[name] ?? '')).find(text => text !== '') ?? ''
  const sum = (name: 'medfee_sumamt' | 'fund_pay_sumamt' | 'acct_pay'): number => settlements.reduce((total, claim) => total + claim.setlinfo[name], 0)
  return {
    kind: 'stay',
    fixmedins_code: first.fixmedins_code,
    mdtrt_id: first.kind === 'settlement' ? first.setlinfo.mdtrt_id : first.mdtrt_id,
    insuplc_admdvs: first.insuplc_admdvs,
    mdtrtarea_admvs: first.mdtrtarea_admvs,
    med_type: setl('med_type'),
    adm_time: adm.at,
    adm_date_only: adm.dateOnly,
    dscg_time: dscg?.at ?? null,
    dscg_date_only: dscg?.dateOnly ?? false,
    adm_way: word(infos, 'adm_way'),
    dscg_way: word(ofDischarge, 'dscg_way'),
    ipt_med_type: word(infos, 'ipt_med_type'),
    adm_dept_codg: word(infos, 'adm_dept_codg'),
    dscg_dept_codg: word(ofDischarge, 'dscg_dept_codg'),
    mdtrt_cert_type: setl('mdtrt_cert_type'),
    dise_codg: word(infos, 'dise_codg'),
    main_diag: diagnoses.find(one => one.maindiag_flag)?.diag_code ?? '',
    diag_groups: groupsOf(diagnoses.map(one => one.diag_code)),
    days_rinp_flag_31: infos.some(info => info?.days_rinp_flag_31 === true),
    days_rinp_purpose: infos.some(info => info !== null && info.days_rinp_pup_31 !== ''),
    mid_setl_flag: settlements.some(claim => claim.setlinfo.mid_setl_flag),
    ars_year_ipt_flag: settlements.some(claim => claim.setlinfo.ars_year_ipt_flag),
    nwb_flag: infos.some(info => info?.nwb_flag === true),
    medfee_sumamt: sum('medfee_sumamt'),
    fund_pay_sumamt: sum('fund_pay_sumamt'),
    acct_pay: sum('acct_pay'),
    settlements: [...settlements].reverse().map(settledOf),
    days: daysOf(settlements, lines),
    has_lines: [...settlements, ...lines].some(part => part.feedetail.length > 0)
  }
}

function momentOf (time: Millis | null | undefined, dateOnly: boolean | undefined, otherwise: Millis | null): { at: Millis, dateOnly: boolean } | null {
  if (time != null) return { at: time, dateOnly: dateOnly ?? false }
  return otherwise === null ? null : { at: otherwise, dateOnly: true }
}

function daysOf (settlements: readonly Settlement[], daily: readonly StayLines[]): StayDay[] {
  const ends = settlements.map(({ setlinfo, mdtrtinfo }) => {
    const dscg = setlinfo.mid_setl_flag ? null : mdtrtinfo?.dscg_time ?? null
    const known = [dscg, setlinfo.enddate].filter(time => time !== null)
    return dayOf(known.length === 0 ? setlinfo.setl_time : Math.max(...known))
  })
  const settledTo = Math.max(-Infinity, ...ends)
  const lines = [...settlements.flatMap(claim => performed(claim.feedetail)), ...daily.flatMap(claim => performed(claim.feedetail)).filter(line => dayOf(line.fee_ocur_time) > settledTo)]
  return [...new Set(lines.map(line => dayOf(line.fee_ocur_time)))].sort((a, b) => a - b).map(day => {
    const own = lines.filter(line => dayOf(line.fee_ocur_time) === day)
    return {
      day,
      first: Math.min(...own.map(line => line.fee_ocur_time)),
      last: Math.max(...own.map(line => line.fee_ocur_time)),
      substantive: own.some(line => !['01', '02', '07'].includes(line.med_chrgitm_type)),
      external: own.some(line => line.etip_flag),
      dateOnly: own.some(line => line.fee_ocur_date_only)
    }
  })
}

function performed (lines: readonly Line[]): Line[] {
  return lines.filter(line => line.init_feedetl_sn === '' &&
    lines.filter(other => (other.init_feedetl_sn || other.feedetl_sn) === line.feedetl_sn).reduce((net, other) => net + other.cnt, 0) > 0)
}

/** A window's objects with everything that rules can read, as plain data. */
export function plainWindow (window: PersonWindow): unknown {
  const plainSettled = (one: Settled): Settled => {
    const { fixmedins_code, setl_id, mdtrt_id, setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay } = one
    return { fixmedins_code, setl_id, mdtrt_id, setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay }
  }
  const fields = (one: Stay | Visit): Record<string, unknown> => Object.fromEntries(
    Object.entries(one).filter(([name]) => name !== 'settlements' && name !== 'setl_id' && name !== 'mdtrt_id'))
  return {
    psn_no: window.psn_no,
    stays: window.stays.map(stay => ({
      ...fields(stay), mdtrt_id: stay.mdtrt_id, diag_groups: [...stay.diag_groups], settlements: stay.settlements.map(plainSettled), days: stay.days.map(day => ({ ...day }))
    })),
    visits: window.visits.map(visit => ({ ...fields(visit), ...plainSettled(visit), diag_groups: [...visit.diag_groups] })),
    death: window.death
  }
}
