/**
 * What a hospital sends to 3101 (before) and 3102 (during treatment), read as far as it is needed. Systems differ: a node that the
 * interface calls a set comes as one object from some, numbers come as text, and what is not known as null, '' or '-'.
 */
import { Problem } from '../problem.ts'

type Node = Readonly<Record<string, unknown>>

/** Sets longer than this are no patient's: the request is refused. */
const SET_MAX = 2000

export interface Order {
  readonly rx_id: string
  readonly rxno: string
  readonly hilist_type: string
  readonly chrg_type: string
  readonly drord_bhvr: string
  readonly hilist_code: string
  readonly hilist_lv: string
  readonly hosplist_code: string
  readonly cnt: string
  readonly pric: string
  readonly sumamt: string
  readonly drord_begn_date: string
  readonly drord_dept_codg: string
  readonly drord_dr_codg: string
}

export interface Diagnose {
  readonly inout_dise_type: string
  readonly maindise_flag: string
  readonly dias_srt_no: string
  readonly dise_codg: string
  readonly dise_name: string
  readonly dise_date: string
}

export interface Encounter {
  readonly mdtrt_id: string
  readonly medins_id: string
  readonly medins_admdvs: string
  readonly wardarea_codg: string
  readonly bedno: string
  readonly adm_date: string
  readonly dscg_date: string
  readonly dscg_main_dise_codg: string
  readonly dscg_main_dise_name: string
  readonly dr_codg: string
  readonly adm_dept_codg: string
  readonly dscg_dept_codg: string
  readonly med_mdtrt_type: string
  readonly med_type: string
  readonly medfee_sumamt: string
  readonly acct_payamt: string
  readonly ma_amt: string
  readonly hifp_payamt: string
  readonly insutype: string
  readonly out_setl_flag: string
  readonly diagnoses: readonly Diagnose[]
  readonly orders: readonly Order[]
}

export interface Patient {
  readonly patn_id: string
  readonly patn_name: string
  readonly gend: string
  readonly brdy: string
  readonly poolarea: string
  readonly curr_mdtrt_id: string
  readonly encounters: readonly Encounter[]
}

export interface OfficialRequest {
  readonly task_id: string
  readonly trig_scen: string
  readonly rule_ids: readonly string[]
  readonly patients: readonly Patient[]
  /** Whether the message came with its header, so that the answer must have one. */
  readonly enveloped: boolean
}

const ORDER = [
  'rx_id', 'rxno', 'hilist_type', 'chrg_type', 'drord_bhvr', 'hilist_code', 'hilist_lv', 'hosplist_code', 'cnt', 'pric', 'sumamt',
  'drord_begn_date', 'drord_dept_codg',
  'drord_dr_codg'
] as const satisfies ReadonlyArray<keyof Order>
const DIAGNOSE = [
  'inout_dise_type', 'maindise_flag', 'dias_srt_no', 'dise_codg', 'dise_name', 'dise_date'
] as const satisfies ReadonlyArray<keyof Diagnose>
const ENCOUNTER = [
  'mdtrt_id', 'medins_id', 'medins_admdvs', 'wardarea_codg', 'bedno', 'adm_date', 'dscg_date', 'dscg_main_dise_codg',
  'dscg_main_dise_name', 'dr_codg', 'adm_dept_codg',
  'dscg_dept_codg', 'med_mdtrt_type', 'med_type', 'medfee_sumamt', 'acct_payamt', 'ma_amt', 'hifp_payamt', 'insutype', 'out_setl_flag'
] as const satisfies ReadonlyArray<keyof Encounter>
const PATIENT = ['patn_id', 'patn_name', 'gend', 'brdy', 'poolarea', 'curr_mdtrt_id'] as const satisfies ReadonlyArray<keyof Patient>

/**
 * Reads a message, with its header (`input.data`) or without (`data`).
 * @throws Problem BAD_REQUEST when it is not JSON or has no patient with an encounter
 */
export function readOfficial (bytes: Uint8Array): OfficialRequest {
  const root = parsed(bytes)
  const input = nodeOf(root['input'])
  const data = nodeOf(input?.['data'] ?? root['data'])
  if (data === null) throw new Problem('BAD_REQUEST', 'there is no node data (or input.data)')
  const patients = setOf(data['patient_dtos'], 'patient_dtos').map(patient => ({
    ...texts(patient, PATIENT),
    encounters: setOf(patient['fsi_encounter_dtos'], 'fsi_encounter_dtos').map(encounter => ({
      ...texts(encounter, ENCOUNTER),
      diagnoses: setOf(encounter['fsi_diagnose_dtos'], 'fsi_diagnose_dtos').map(node => texts(node, DIAGNOSE)),
      orders: setOf(encounter['fsi_order_dtos'], 'fsi_order_dtos').map(node => texts(node, ORDER))
    }))
  }))
  if (!patients.some(({ encounters }) => encounters.length > 0)) {
    throw new Problem('BAD_REQUEST', 'there is no patient with an encounter (fsi_encounter_dtos)')
  }
  return { ...texts(data, ['task_id', 'trig_scen']), rule_ids: ruleIds(data['rule_ids']), patients, enveloped: input !== null }
}

function parsed (bytes: Uint8Array): Node {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Problem('BAD_REQUEST', 'the body is not JSON in UTF-8') // the parser's own words would quote it
  }
  return nodeOf(value) ?? {}
}

function nodeOf (value: unknown): Node | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Node : null
}

/** A set, or the one member that was sent in its place; nothing for null, '' and whatever else is no node. */
function setOf (value: unknown, name: string): Node[] {
  const members = Array.isArray(value) ? value as unknown[] : [value]
  if (members.length > SET_MAX) throw new Problem('TOO_LARGE', `${name} has more than ${SET_MAX} members`)
  return members.map(nodeOf).filter(node => node !== null)
}

function ruleIds (value: unknown): string[] {
  return (Array.isArray(value) ? value as unknown[] : [value]).map(text).filter(id => id !== '')
}

function texts<N extends string> (node: Node, names: readonly N[]): Record<N, string> {
  return Object.fromEntries(names.map(name => [name, Object.hasOwn(node, name) ? text(node[name]) : ''])) as Record<N, string>
}

function text (value: unknown): string {
  const written = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  return written === '-' ? '' : written
}
