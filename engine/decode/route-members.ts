/** The members that decide a record's route, as a scan meets them in whatever order, and the decision. */
import { KIND_OF_INFNO, type OwnerNode } from './kinds.ts'
import { isMasterType } from './master.ts'

/** `broadcast`: master data that every lane learns; its key is ''. */
export interface Route { readonly key: string, readonly broadcast: boolean }

const BROADCAST: Route = { key: '', broadcast: true }

/** Members of the record, and of its nodes, that a scan looks for. '' = absent, null = not met yet. */
export interface Met {
  infno: string | null
  type: string | null
  fixmedins_code: string | null
  psn_no: string | null
  setlinfo: string | null
  mdtrtinfo: string | null
}

export function nothingMet (): Met {
  return { infno: null, type: null, fixmedins_code: null, psn_no: null, setlinfo: null, mdtrtinfo: null }
}

/** Whether a member of the record is a node to look into. */
export function isOwnerNode (name: string): name is OwnerNode {
  return name === 'setlinfo' || name === 'mdtrtinfo'
}

/** Where the member `name` of the record (of `node`, unless null) is noted; null when it decides nothing. */
export function placeOf (node: OwnerNode | null, name: string): keyof Met | null {
  if (node !== null) return name === 'psn_no' ? node : null
  return name === 'infno' || name === 'type' || name === 'fixmedins_code' || name === 'psn_no' ? name : null
}

/**
 * The route as soon as what was met suffices; undefined while it does not. `whole`: nothing more will come.
 */
export function routeOf (met: Met, whole: boolean): Route | null | undefined {
  const { infno } = met
  if (infno === null && !whole) return undefined
  if (infno !== null && infno !== '') {
    const owner = KIND_OF_INFNO.get(infno)?.owner
    return owner === undefined ? null : routeTo(owner === '' ? met.fixmedins_code : met[owner], whole)
  }
  if (met.type === null) return whole ? null : undefined
  if (!isMasterType(met.type)) return null
  return met.type === 'death' ? routeTo(met.psn_no, whole) : BROADCAST
}

function routeTo (key: string | null, whole: boolean): Route | null | undefined {
  if (key === null) return whole ? null : undefined
  return key === '' ? null : { key, broadcast: false }
}
