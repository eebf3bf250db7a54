/** Who pays a settlement: amounts in 分 that add up exactly by the interface's identities. */
import type { Fen } from '../../engine/core/money.ts'

export interface Funds {
  readonly medfee: Fen
  readonly ownpay: Fen
  readonly overlimit: Fen
  readonly preself: Fen
  readonly inscp: Fen
  readonly deductible: Fen
  readonly hifp: Fen
  readonly cvlserv: Fen
  readonly hifes: Fen
  readonly hifmi: Fen
  readonly hifob: Fen
  readonly maf: Fen
  readonly oth: Fen
  readonly fund: Fen
  readonly part: Fen
  readonly acct: Fen
  readonly cash: Fen
  readonly hosp: Fen
  readonly family: Fen
}

/** What decides the split. `draw` (0–999) varies it from claim to claim. */
export interface Share {
  readonly medfee: Fen
  readonly ownpay: Fen
  readonly preself: Fen
  readonly insutype: string
  readonly kind: 'visit' | 'pharmacy' | 'stay'
  readonly draw: number
}

const percent = (amount: Fen, of100: number): Fen => Math.floor(amount * of100 / 100)

/** fund = the seven components; medfee = fund + part + hosp; part = acct + cash; family ≤ acct. */
export function splitFunds (share: Share): Funds {
  const { medfee, draw } = share
  const employee = share.insutype === '310'
  const ownpay = Math.min(share.ownpay, medfee)
  const preself = Math.min(share.preself, medfee - ownpay)
  const inscp = medfee - ownpay - preself
  const deductible = share.kind === 'stay' ? Math.min(inscp, employee ? 60_000 : 40_000) : 0
  const covered = inscp - deductible
  const rate = share.kind === 'pharmacy' ? 0 : share.kind === 'stay' ? (employee ? 85 : 70) : employee ? 60 : 50
  const paid = percent(covered, rate)
  const serious = share.kind === 'stay' && paid > 1_000_000 ? paid - 1_000_000 : 0
  const hifp = paid - serious
  const cvlserv = employee && draw % 20 === 0 ? percent(covered - paid, 50) : 0
  const maf = !employee && draw % 25 === 0 ? percent(covered - paid, 30) : 0
  const hifes = employee && draw % 50 === 1 ? percent(covered - paid - cvlserv, 10) : 0
  const fund = hifp + serious + cvlserv + maf + hifes
  const hosp = share.kind === 'stay' && draw % 40 === 0 ? percent(medfee - fund, 5) : 0
  const part = medfee - fund - hosp
  const acct = employee ? (draw % 10 < 7 ? part : percent(part, draw % 100)) : 0
  const family = employee && draw % 12 === 0 ? percent(acct, 80) : 0
  return {
    medfee, ownpay, overlimit: 0, preself, inscp, deductible, hifp, cvlserv, hifes,
    hifmi: employee ? 0 : serious, hifob: employee ? serious : 0, maf, oth: 0, fund, part, acct, cash: part - acct, hosp, family
  }
}
