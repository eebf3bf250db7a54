/** `fundwatch generate --example KIND`: one record to look at, change and send, as a sender would write it. */
import {
  exampleAdmission, exampleDischarge, exampleMaster, exampleReversal, exampleSettlement, exampleSettlementList, exampleStayLines,
  exampleStaySettlement, exampleStock
} from '../decode/examples.ts'
import type { Example } from '../decode/examples.ts'

export interface ExampleKind { readonly says: string, readonly make: () => Example }

/**
 * By the name that the command line knows. They can be sent one after another: `reversal` takes `settlement` back, `list` belongs
 * to `stay`, `discharge` to `admission`; the others have a person each.
 */
export const EXAMPLE_KINDS: Readonly<Record<string, ExampleKind>> = {
  settlement: { says: 'an outpatient visit, settled (2207)', make: () => exampleSettlement() },
  suspicious: {
    says: 'a visit of a person whose identity number contradicts the registered sex (2207): it raises a flag',
    make: () => exampleSettlement({ setlinfo: { ...own('2'), gend: '1' } }) // the number's 17th digit is even, as women's are
  },
  pharmacy: {
    says: 'a purchase at a pharmacy (2102)',
    make: () => exampleSettlement({ infno: '2102', setlinfo: { ...own('3'), med_type: '41', clr_type: '41' } })
  },
  stay: { says: 'a stay, settled at discharge (2304)', make: () => exampleStaySettlement({ setlinfo: own('4') }) },
  list: { says: 'the settlement list of `stay` (4101)', make: () => exampleSettlementList({ setlinfo: own('4') }) },
  'stay-lines': { says: 'fee lines of a stay that is not settled yet (2301)', make: () => exampleStayLines({ mdtrtinfo: ofStay('5') }) },
  admission: { says: 'an admission (2401)', make: () => exampleAdmission({ mdtrtinfo: ofStay('6') }) },
  discharge: { says: 'the discharge of `admission` (2402)', make: () => exampleDischarge({ mdtrtinfo: ofStay('6') }) },
  reversal: { says: 'the reversal of `settlement` (2208)', make: () => exampleReversal() },
  sale: { says: 'a sale from stock (3505)', make: () => exampleStock('3505') },
  institution: { says: 'master data: an institution', make: () => exampleMaster('institution') },
  catalogue: { says: 'master data: an item of the catalogue, with its limits', make: () => exampleMaster('catalogue') },
  death: { says: 'master data: a death', make: () => exampleMaster('death') }
}

/** Person, visit and settlement of a number. */
const own = (number: string): Example => ({ ...ofStay(number), setl_id: `S${number}` })
const ofStay = (number: string): Example => ({ psn_no: `P${number}`, mdtrt_id: `M${number}` })
