/** A rule's cases.md as a proof: asks of a rule what rules/rules.test.ts asks of it, and stops at the first answer that is wrong. */
import { existsSync, readFileSync } from 'node:fs'
import type { RuleFolder } from '../../engine/core/rulebook/folders.ts'
import type { LoadedRule } from '../../engine/core/rulebook.ts'
import { buildCase, type Sending } from '../../engine/sim/cases/build.ts'
import { compareFlags, outcomeOf, severitiesOf } from '../../engine/sim/cases/check.ts'
import { boundaryOf, mayBeUnreachable, moveThreshold } from '../../engine/sim/cases/covers.ts'
import { judge } from '../../engine/sim/cases/judge.ts'
import { namesOf, oracleOf } from '../../engine/sim/cases/oracle.ts'
import { otherOrders } from '../../engine/sim/cases/orders.ts'
import { type Case, parseCases } from '../../engine/sim/cases/parse.ts'

/** @returns null when nothing is wrong, else what is, in words */
export type Proof = (rule: LoadedRule) => string | null

interface Prepared {
  readonly given: Case
  readonly sendings: readonly Sending[]
  readonly orders: readonly Sending[][]
  /** Flags by the naive oracle; null where it does not know the rule. */
  readonly said: readonly string[] | null
}

/** Builds every case once; the proof may then be asked of any number of mutants. */
export function casesProof (folder: RuleFolder, rule: LoadedRule): Proof {
  const file = new URL('cases.md', folder.directory)
  const built = (existsSync(file) ? parseCases(readFileSync(file, 'utf8')) : []).map(given => ({ given, sendings: buildCase(given) }))
  const said = built.map(({ sendings }) => oracleOf(rule, sendings))
  const known = said.some(flags => flags.length > 0)
  const cases = built.map((each, i): Prepared => ({ ...each, orders: otherOrders(each.sendings), said: known ? said[i]! : null }))
  return mutant => first(cases, each => asWritten(mutant, each)) ?? first(cases, each => inOtherOrders(mutant, each)) ??
    first(cases, each => atBoundaries(mutant, folder, each))
}

function first (cases: readonly Prepared[], ask: (each: Prepared) => string | null): string | null {
  for (const each of cases) {
    const wrong = guarded(() => ask(each))
    if (wrong !== null) return `"${each.given.title}": ${wrong}`
  }
  return null
}

/** A throw is an answer too: the wrong one. */
export function guarded (ask: () => string | null): string | null {
  try {
    return ask()
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0]! : String(error)
  }
}

function asWritten (rule: LoadedRule, { sendings, said }: Prepared): string | null {
  const flags = judge(rule, sendings)
  const problem = compareFlags(sendings, flags, rule)[0]
  if (problem !== undefined) return problem
  return said === null || namesOf(flags).join() === said.join() ? null : 'not what the oracle says'
}

function inOtherOrders (rule: LoadedRule, { sendings, orders }: Prepared): string | null {
  const outcome = outcomeOf(judge(rule, sendings))
  return orders.every(order => outcomeOf(judge(rule, order)) === outcome) ? null : 'another order of arrival has another outcome'
}

/** A case that claims to stand at a boundary must end otherwise when the number moves, and be judged at all both ways. */
function atBoundaries (rule: LoadedRule, { thresholds }: RuleFolder, { given, sendings }: Prepared): string | null {
  const marked = given.covers.map(token => ({ token, boundary: boundaryOf(token) }))
  for (const { token, boundary } of marked) {
    const threshold = boundary === null ? undefined : thresholds.find(each => each.name === boundary.name)
    if (boundary === null || threshold === undefined) continue
    const stands = severitiesOf(judge(rule, sendings))
    const moved = [threshold.step, -threshold.step]
      .map(by => severitiesOf(judge(moveThreshold(rule, threshold, boundary.area, by), sendings)))
    if (moved.every(each => each === stands) && !mayBeUnreachable(token, threshold)) return `${token}: nothing changes`
  }
  return null
}
