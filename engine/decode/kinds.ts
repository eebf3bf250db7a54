/** Which infno is which kind of claim, and which member holds the key that owns it. */
import type { Claim } from '../core/claim.ts'

/** Nodes that hold a psn_no. */
export type OwnerNode = 'setlinfo' | 'mdtrtinfo'

/** `owner`: the node with psn_no, or '' where fixmedins_code of the header owns the record. */
export interface InfnoKind { readonly kind: Exclude<Claim['kind'], 'master'>, readonly owner: OwnerNode | '' }

const SETTLEMENT: InfnoKind = { kind: 'settlement', owner: 'setlinfo' }
const REVERSAL: InfnoKind = { kind: 'reversal', owner: 'setlinfo' }
const INVENTORY: InfnoKind = { kind: 'inventory', owner: '' }
const SALE: InfnoKind = { kind: 'sale', owner: '' }

export const KIND_OF_INFNO: ReadonlyMap<string, InfnoKind> = new Map<string, InfnoKind>([
  ['2102', SETTLEMENT], ['2207', SETTLEMENT], ['2304', SETTLEMENT],
  ['2103', REVERSAL], ['2208', REVERSAL], ['2305', REVERSAL],
  ['2301', { kind: 'lines', owner: 'mdtrtinfo' }],
  ['2401', { kind: 'admission', owner: 'mdtrtinfo' }],
  ['2402', { kind: 'discharge', owner: 'mdtrtinfo' }],
  ['4101', { kind: 'list', owner: 'setlinfo' }],
  ['3501', INVENTORY], ['3502', INVENTORY], ['3503', INVENTORY], ['3504', INVENTORY], ['3507', INVENTORY],
  ['3505', SALE], ['3506', SALE],
  ['3301', { kind: 'mapping', owner: '' }]
])
