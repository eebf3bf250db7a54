/** The rules made ready to judge: what each reads as bits, one setting and one report a rule, nothing allocated per claim. */
import assert from 'node:assert/strict'
import { eventTimeOf } from '../core/event-time.ts'
import type { Settlement } from '../core/claim.ts'
import type { Finding } from '../core/flag.ts'
import { type Knowledge, NO_KNOWLEDGE } from '../core/knowledge.ts'
import type { Reference } from '../core/masterdata.ts'
import type { ClaimFinding, ClaimRule, Law, PersonRule, Setting } from '../core/rule.ts'
import type { LoadedRule, Rulebook } from '../core/rulebook.ts'
import type { Millis } from '../core/time.ts'
import type { PersonWindow, Settled } from '../core/window.ts'
import { TOUCHED } from '../memory/layout.ts'
import type { Findings } from './findings.ts'

/** Memory keeps one bit a claim rule. */
const CLAIM_RULES_MAX = 64

class RuleSetting implements Setting {
  readonly law: Law
  readonly reference: Reference
  readonly knowledge: Knowledge
  watermark: Millis = -Infinity
  /** The earliest moment asked for since it was reset. */
  wake: Millis = Infinity
  readonly wakeAt: (at: Millis) => void

  constructor ({ law, knowledge = NO_KNOWLEDGE }: LoadedRule, reference: Reference) {
    this.law = law
    this.reference = reference
    this.knowledge = knowledge
    this.wakeAt = at => { if (at > this.watermark && at < this.wake) this.wake = at }
  }
}

interface ReadyPersonRule {
  readonly rule: PersonRule
  readonly reads: number
  readonly setting: RuleSetting
  readonly report: (finding: Finding) => void
}

interface ReadyClaimRule {
  readonly loaded: LoadedRule
  readonly rule: ClaimRule
  readonly setting: RuleSetting
  readonly report: (finding: ClaimFinding) => void
}

/** The claim rules that flagged a settlement, as memory keeps them. */
export interface Flagged { lo: number, hi: number }

export class RuleSet {
  readonly #personRules: ReadyPersonRule[] = []
  readonly #claimRules: ReadyClaimRule[] = []
  #into!: Findings
  #claimFinding: ClaimFinding | null = null

  constructor (rulebook: Rulebook, reference: Reference) {
    for (const loaded of rulebook.rules) {
      const setting = new RuleSetting(loaded, reference)
      const { rule } = loaded
      if (rule.subject === 'person') {
        const reads = rule.reads.reduce((bits, part) => bits | TOUCHED[part], 0)
        this.#personRules.push({ rule, reads, setting, report: finding => { this.#into.add(loaded, finding) } })
      } else if (rule.subject === 'claim') {
        const report = (finding: ClaimFinding): void => {
          assert(this.#claimFinding === null, `rule ${loaded.id} reports a settlement twice`)
          this.#claimFinding = finding
        }
        this.#claimRules.push({ loaded, rule, setting, report })
      }
    }
    assert(this.#claimRules.length <= CLAIM_RULES_MAX, 'memory has a bit for each of 64 claim rules')
  }

  /**
   * Runs the person rules that read any of the touched parts, as of `watermark`, into `into`.
   * @returns the earliest moment after `watermark` at which one of them wants to run again, Infinity if none does.
   */
  judgePerson (window: PersonWindow, touched: number, watermark: Millis, into: Findings): Millis {
    into.clear()
    this.#into = into
    let wake = Infinity
    for (const { rule, reads, setting, report } of this.#personRules) {
      if ((reads & touched) === 0) continue
      setting.watermark = watermark
      setting.wake = Infinity
      rule.evaluate(window, setting, report)
      if (setting.wake < wake) wake = setting.wake
    }
    return wake
  }

  /** Runs the claim rules over a settlement into `into` and notes in `flagged` which of them found something. */
  judgeClaim (claim: Settlement, watermark: Millis, into: Findings, flagged: Flagged): void {
    into.clear()
    flagged.lo = 0
    flagged.hi = 0
    for (let i = 0; i < this.#claimRules.length; i++) {
      const { loaded, rule, setting, report } = this.#claimRules[i]!
      setting.watermark = watermark
      this.#claimFinding = null
      rule.evaluate(claim, setting, report)
      if (this.#claimFinding === null) continue
      into.add(loaded, wholeFinding(claim, this.#claimFinding))
      if (i < 32) flagged.lo |= 1 << i
      else flagged.hi |= 1 << (i - 32)
    }
  }
}

/** A claim rule says only what is wrong; whose claim it is, when and how much follows from the claim. */
function wholeFinding (claim: Settlement, finding: ClaimFinding): Finding {
  const { setlinfo } = claim
  const settled: Settled = {
    fixmedins_code: claim.fixmedins_code,
    setl_id: setlinfo.setl_id,
    mdtrt_id: setlinfo.mdtrt_id,
    setl_time: setlinfo.setl_time,
    medfee_sumamt: setlinfo.medfee_sumamt,
    fund_pay_sumamt: setlinfo.fund_pay_sumamt,
    acct_pay: setlinfo.acct_pay
  }
  const { lines, line_amount } = finding
  const part = lines === undefined ? settled : { of: settled, lines, ...(line_amount === undefined ? {} : { line_amount }) }
  return {
    anchor: claimAnchor(claim.fixmedins_code, setlinfo.setl_id),
    at: eventTimeOf(claim),
    area: claim.insuplc_admdvs,
    fixmedins_code: claim.fixmedins_code,
    severity: finding.severity,
    main: [part],
    involved: [],
    values: finding.values,
    supports: finding.supports,
    weakens: finding.weakens
  }
}

export function claimAnchor (fixmedins_code: string, setl_id: string): readonly string[] {
  return [fixmedins_code, setl_id]
}
