/** diseinfo: the diagnoses of a visit or stay. */
import type { Diagnosis } from '../core/claim.ts'
import { DIAG_TYPE } from './code-tables.ts'
import { addInteger } from './content.ts'
import {
  at, code, enter, flag, leave, list, node, optionalId, optionalTime, orZero, text, whose
} from './field.ts'
import { refuse } from './refusal.ts'
import type { DiagnosisNode, RecordNode } from './shapes.ts'

const DEPTH = 3

/** Reads `diseinfo` of a record that has been left. */
export function readDiagnoses (raw: RecordNode, linesMax: number): readonly Diagnosis[] {
  enter('')
  const all = list(raw.diseinfo, 'diseinfo')
  if (all.length > linesMax) refuse('too_many_lines', 'diseinfo', all.length)
  addInteger(all.length)
  return all.length === 0 ? [] : all.map(readDiagnosis)
}

function readDiagnosis (value: unknown, i: number): Diagnosis {
  enter('diseinfo', i)
  const raw = node<DiagnosisNode>(value, '') ?? refuse('missing_field', at(''), '')
  enter('diseinfo', i)
  const diagnosis: Diagnosis = {
    diag_type: code(raw.diag_type, 'diag_type', DIAG_TYPE),
    maindiag_flag: flag(raw.maindiag_flag, 'maindiag_flag'),
    diag_srt_no: orZero(raw.diag_srt_no, 'diag_srt_no', 0),
    diag_code: optionalId(raw.diag_code, 'diag_code'),
    diag_name: text(raw.diag_name, 'diag_name'),
    dise_dor_no: whose(raw.dise_dor_no, 'dise_dor_no'),
    diag_time: optionalTime(raw.diag_time, 'diag_time')
  }
  leave(raw, DEPTH)
  return diagnosis
}
