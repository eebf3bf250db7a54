/** Do many of a pharmacy's sales of a day come to nearly one amount? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Line, Settlement } from '../../../engine/core/claim.ts'
import { settledAtCounter } from '../../../engine/core/counter.ts'
import { personsOf } from '../../../engine/core/crowds.ts'
import type { Fen } from '../../../engine/core/money.ts'
import { ownArea } from '../../../engine/core/own-area.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedSettlement, Sighting } from '../../../engine/core/shared.ts'
import { formatDate, parseMoment } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'settlements_min' | 'persons_min' | 'share_percent' | 'band_fen' | 'small_fen', number>>
/** The one item bought and its price; '' where several were. */
type Sold = { readonly only: string }
type Sale = SharedSettlement<Sold>
const PHARMACY = '2102'

export default sharedRule<Limits, Sold>({
  of: 'institution',
  quorum: 5,
  sight: soldOn,
  evaluate ({ subject, settlements }, { law, enough }, report) {
    const [fixmedins_code = '', date = ''] = subject.split('|')
    const area = ownArea(fixmedins_code) // (f) so that no single sale changes the numbers of the day
    const limits = law.on(parseMoment(date)!.at, area)
    if (limits === null) return
    const sales = settlements.filter(({ medfee_sumamt }) => medfee_sumamt >= limits.small_fen) // (b)
    const inside = fullestBand(sales, limits.band_fen)
    const persons = personsOf(sales)
    const lacking = limits.share_percent * sales.length - 100 * inside.length
    const diluted = Math.ceil(lacking / (100 - limits.share_percent)) // (d) were all that comes in the band
    const missing = Math.max(limits.settlements_min - sales.length, limits.persons_min - persons, diluted) // (c)
    enough(Math.max(1, missing)) // what stands is said anew with every sale
    if (missing > 0) return
    const [only = '', ...others] = new Set(inside.map(({ facts }) => facts.only))
    if (only !== '' && others.length === 0) return // (e)
    const amounts = inside.map(({ medfee_sumamt }) => medfee_sumamt)
    report({
      anchor: [date], at: inside.at(-1)!.at, area, fixmedins_code, severity: 3, main: inside, involved: [],
      values: {
        date, settlements: sales.length, persons, inside: inside.length, share: Math.floor(100 * inside.length / sales.length),
        from: Math.min(...amounts), to: Math.max(...amounts)
      }, supports: [], weakens: []
    })
  }
})

/** (a) */
function soldOn (claim: Settlement): Array<Sighting<Sold>> {
  if (claim.infno !== PHARMACY || !settledAtCounter(claim)) return []
  return [{ subject: `${claim.fixmedins_code}|${formatDate(claim.setlinfo.setl_time)}`, facts: { only: onlyItem(claim.feedetail) } }]
}

function onlyItem (lines: readonly Line[]): string {
  const chargeOf = chargesOf(lines)
  const items = new Set(lines.filter(line => chargeOf(line) !== null).map(({ med_list_codg, pric }) => `${med_list_codg} ${pric}`))
  return items.size === 1 ? [...items].join() : ''
}

/** (d) The lowest of the bands that hold most. */
function fullestBand (sales: readonly Sale[], band: number): readonly Sale[] {
  const amounts = sales.map(({ medfee_sumamt }) => medfee_sumamt).sort((a, b) => a - b)
  let from = 0
  let fullest: readonly Fen[] = []
  amounts.forEach((amount, to) => {
    while (amount - amounts[from]! > band) from++
    if (to - from >= fullest.length) fullest = amounts.slice(from, to + 1)
  })
  return sales.filter(({ medfee_sumamt }) => medfee_sumamt >= fullest[0]! && medfee_sumamt <= fullest.at(-1)!)
}
