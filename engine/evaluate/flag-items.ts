/** What a flag refers to: a finding's stays and settlements as references to claims in the store, with their money. */
import type { About, Finding, FlagItem } from '../core/flag.ts'
import type { Fen } from '../core/money.ts'
import type { Millis } from '../core/time.ts'
import type { SharedSettlement } from '../core/shared.ts'
import type { Settled, Stay } from '../core/window.ts'

const NO_LINES: readonly string[] = Object.freeze([])

/** A stay becomes one item a settlement, so that no claim's money is counted twice; unsettled it is one item without money. */
export function itemsOf (finding: Finding): FlagItem[] {
  const items: FlagItem[] = []
  for (const about of finding.main) addItem(items, 'main', about)
  for (const about of finding.involved) addItem(items, 'involved', about)
  return items
}

/** Whose claims the items are, one an item; empty for a finding about one person's own. */
export function personsOf ({ main, involved }: Finding): string[] {
  return [...main, ...involved].flatMap(about => {
    const of = 'of' in about ? about.of : about
    return isShared(of) ? [of.psn_no] : []
  })
}

function addItem (items: FlagItem[], role: FlagItem['role'], about: About): void {
  if (!('of' in about)) {
    addWhole(items, role, about, NO_LINES)
  } else if (about.line_amount === undefined) {
    addWhole(items, role, about.of, about.lines ?? NO_LINES)
  } else {
    items.push(partItem(role, about.of, about.lines ?? NO_LINES, about.line_amount))
  }
}

function addWhole (items: FlagItem[], role: FlagItem['role'], of: Stay | Settled, lines: readonly string[]): void {
  const { fixmedins_code, mdtrt_id } = of
  if (!isStay(of)) {
    items.push(item(role, of, of.setl_id, lines, of.medfee_sumamt, of.fund_pay_sumamt, of.acct_pay))
  } else if (of.settlements.length === 0) {
    items.push({ role, fixmedins_code, setl_id: '', mdtrt_id, lines, medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0 })
  } else {
    for (const settled of of.settlements) addWhole(items, role, settled, lines)
  }
}

/** Some lines of a claim: the funds' part of them is taken in the claim's proportion, because lines do not carry it. */
function partItem (role: FlagItem['role'], of: Stay | Settled, lines: readonly string[], amount: Fen): FlagItem {
  const setl_id = isStay(of) ? of.settlements.at(-1)?.setl_id ?? '' : of.setl_id
  const share = (money: Fen): Fen => proportion(money, amount, of.medfee_sumamt)
  return item(role, of, setl_id, lines, amount, share(of.fund_pay_sumamt), share(of.acct_pay))
}

function item (role: FlagItem['role'], of: Stay | Settled, setl_id: string, lines: readonly string[],
  medfee_sumamt: Fen, fund_pay_sumamt: Fen, acct_pay: Fen): FlagItem {
  return { role, fixmedins_code: of.fixmedins_code, setl_id, mdtrt_id: of.mdtrt_id, lines, medfee_sumamt, fund_pay_sumamt, acct_pay }
}

/** money × part / whole, halves rounded up; exact at any size. A claim that costs nothing has no parts. */
function proportion (money: Fen, part: Fen, whole: Fen): Fen {
  if (whole <= 0) return 0
  const doubled = 2 * money * part + whole
  if (Number.isSafeInteger(doubled)) return Math.floor(doubled / (2 * whole))
  const exact = 2n * BigInt(money) * BigInt(part) + BigInt(whole)
  const divisor = 2n * BigInt(whole)
  const rest = ((exact % divisor) + divisor) % divisor
  return Number((exact - rest) / divisor)
}

function isShared (of: Stay | Settled): of is SharedSettlement {
  return 'psn_no' in of
}

function isStay (of: Stay | Settled): of is Stay {
  return 'settlements' in of
}

/** The latest moment of a finding: of its date of service and everything it names. */
export function latestMoment (finding: Finding): Millis {
  let latest = finding.at
  for (const list of [finding.main, finding.involved]) {
    for (const about of list) {
      const of = 'of' in about ? about.of : about
      const moment = isStay(of) ? of.dscg_time ?? of.days.at(-1)?.last ?? of.adm_time : of.setl_time
      if (moment > latest) latest = moment
    }
  }
  return latest
}
