/** Dated reference data of one lane: institutions, catalogue, peer medians and trace prefixes, read by rules at a date of service. */
import { isDeepStrictEqual } from 'node:util'
import { compareVersions } from '../core/claim.ts'
import type { MasterData, MasterType } from '../core/claim.ts'
import { tracePrefixOf } from '../core/masterdata.ts'
import type { CatalogueItem, Institution, PeerMedian, Reference, ReferenceChange } from '../core/masterdata.ts'
import type { Millis } from '../core/time.ts'

interface Dated<T> { readonly from: Millis, readonly to: Millis, readonly master: MasterData, readonly value: T }

/** Rows of one type by key; of those valid at a moment the one of the greatest version (inf_time) speaks. */
class Shelf<T> {
  readonly #rows = new Map<string, ReadonlyArray<Dated<T>>>()
  readonly #read: (fields: MasterData['fields']) => T

  constructor (read: (fields: MasterData['fields']) => T) {
    this.#read = read
  }

  get size (): number { return this.#rows.size }

  learn (master: MasterData): ReferenceChange | null {
    const before = this.#rows.get(master.key) ?? []
    const row = { from: master.valid_from, to: master.valid_to ?? Infinity, master, value: this.#read(master.fields) }
    const same = before.find(other => other.from === row.from)
    if (same !== undefined && compareVersions(master.version, same.master.version) <= 0) return null
    // Latest first, so that speaking() may stop at the first row that holds.
    const after = [...before.filter(other => other !== same), row].sort((a, b) => compareVersions(b.master.version, a.master.version))
    this.#rows.set(master.key, after)
    return changeOf(master, before, after)
  }

  at (key: string, at: Millis): T | null {
    const rows = this.#rows.get(key)
    return rows === undefined ? null : speaking(rows, at)
  }
}

function speaking<T> (rows: ReadonlyArray<Dated<T>>, at: Millis): T | null {
  for (const row of rows) if (row.from <= at && at < row.to) return row.value
  return null
}

/** The span within which what is said differs; a row may repeat in other words what held already. */
function changeOf<T> ({ type, key }: MasterData, before: ReadonlyArray<Dated<T>>, after: ReadonlyArray<Dated<T>>): ReferenceChange | null {
  const edges = [...new Set([...before, ...after].flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const differs = edges.map((edge, i) => i + 1 < edges.length && !isDeepStrictEqual(speaking(before, edge), speaking(after, edge)))
  const first = differs.indexOf(true)
  return first < 0 ? null : { type, key, from: edges[first]!, to: edges[differs.lastIndexOf(true) + 1]! }
}

export class ReferenceData implements Reference {
  readonly #institutions = new Shelf(readInstitution)
  readonly #catalogue = new Shelf(readCatalogueItem)
  readonly #peerMedians = new Shelf(readPeerMedian)
  readonly #tracePrefixes = new Shelf(readTracePrefix)

  /** @returns what it changed in what rules are told; rows of types that no rule reads live in the store only. */
  learn (master: MasterData): ReferenceChange | null {
    return this.#shelfOf(master.type)?.learn(master) ?? null
  }

  institution (fixmedins_code: string, at: Millis): Institution | null {
    return this.#institutions.at(fixmedins_code, at)
  }

  catalogue (med_list_codg: string, at: Millis): CatalogueItem | null {
    return this.#catalogue.at(med_list_codg, at)
  }

  peerMedian (hosp_lv: string, dept_codg: string, diag_group: string, at: Millis): PeerMedian | null {
    return this.#peerMedians.at(`${hosp_lv}/${dept_codg}/${diag_group}`, at)
  }

  traceProduct (drug_trac_codg: string, at: Millis): string | null {
    const prefix = tracePrefixOf(drug_trac_codg)
    return prefix === '' ? null : this.#tracePrefixes.at(prefix, at)
  }

  /** Keys known, over all types. */
  get size (): number {
    return this.#institutions.size + this.#catalogue.size + this.#peerMedians.size + this.#tracePrefixes.size
  }

  #shelfOf (type: MasterType): { learn: (master: MasterData) => ReferenceChange | null } | null {
    switch (type) {
      case 'institution': return this.#institutions
      case 'catalogue': return this.#catalogue
      case 'peer_median': return this.#peerMedians
      case 'trace_prefix': return this.#tracePrefixes
      default: return null
    }
  }
}

type Field = MasterData['fields'][string] | undefined

function text (value: Field): string {
  return typeof value === 'string' ? value : ''
}

function number (value: Field): number | null {
  return typeof value === 'number' ? value : null
}

function readInstitution (fields: MasterData['fields']): Institution {
  return {
    fixmedins_code: text(fields['fixmedins_code']),
    fixmedins_name: text(fields['fixmedins_name']),
    uscc: text(fields['uscc']),
    fixmedins_type: text(fields['fixmedins_type']),
    hosp_lv: text(fields['hosp_lv']),
    admdvs: text(fields['admdvs']),
    aprv_bed_cnt: number(fields['aprv_bed_cnt']),
    lng: number(fields['lng']),
    lat: number(fields['lat']),
    fix_onln_open_flag: text(fields['fix_onln_open_flag'])
  }
}

function readCatalogueItem (fields: MasterData['fields']): CatalogueItem {
  return {
    med_list_codg: text(fields['med_list_codg']),
    name: text(fields['name']),
    list_type: text(fields['list_type']),
    chrgitm_lv: text(fields['chrgitm_lv']),
    gend_limit: text(fields['gend_limit']),
    age_min: number(fields['age_min']),
    age_max: number(fields['age_max']),
    pric_uplmt_amt: number(fields['pric_uplmt_amt'])
  }
}

/** The medicine that a prefix identifies. */
function readTracePrefix (fields: MasterData['fields']): string {
  return text(fields['med_list_codg'])
}

function readPeerMedian (fields: MasterData['fields']): PeerMedian {
  return {
    hosp_lv: text(fields['hosp_lv']),
    dept_codg: text(fields['dept_codg']),
    diag_group: text(fields['diag_group']),
    day_cost: number(fields['day_cost']) ?? 0,
    sample: number(fields['sample']) ?? 0
  }
}
