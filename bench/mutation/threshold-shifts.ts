/** Mutants of thresholds.yaml: every number, of every date and area, one step more and one step less. */
import { buildLaw } from '../../engine/core/rulebook/law.ts'
import type { RuleFolder } from '../../engine/core/rulebook/folders.ts'
import type { Threshold, ThresholdValue } from '../../engine/core/rulebook/thresholds.ts'
import type { LoadedRule } from '../../engine/core/rulebook.ts'
import { formatDate } from '../../engine/core/time.ts'

/** One number moved. */
export interface Shift {
  /** Which number and how, in words; unique in the rule. */
  readonly name: string
  readonly threshold: string
  /** '' for the default. */
  readonly area: string
  readonly from: number
  readonly to: number
}

/** Every shift of a rule's numbers. A switch flips; a number may leave its range here, as the boundary cases let it. */
export function shiftsOf (thresholds: readonly Threshold[]): Shift[] {
  return thresholds.flatMap(threshold => [['', threshold.values] as const, ...threshold.areas].flatMap(([area, values]) =>
    values.flatMap(({ from, value }) => movedValues(threshold, value).map((to): Shift => ({
      name: `thresholds.yaml: ${threshold.name}${area === '' ? '' : `@${area}`} ${formatDate(from)} ${value} → ${to}`,
      threshold: threshold.name, area, from, to
    })))))
}

function movedValues ({ unit, step }: Threshold, value: number): number[] {
  return unit === 'flag' ? [1 - value] : [value + step, value - step]
}

/** The rule judging by the moved number. */
export function shifted (rule: LoadedRule, folder: RuleFolder, shift: Shift): LoadedRule {
  const move = (values: readonly ThresholdValue[]): ThresholdValue[] =>
    values.map(each => each.from === shift.from ? { ...each, value: shift.to } : each)
  const thresholds = folder.thresholds.map((threshold): Threshold => {
    if (threshold.name !== shift.threshold) return threshold
    if (shift.area === '') return { ...threshold, values: move(threshold.values) }
    const areas = [...threshold.areas].map(([area, values]) => [area, area === shift.area ? move(values) : values] as const)
    return { ...threshold, areas: new Map(areas) }
  })
  return { ...rule, law: buildLaw(`${rule.id}/thresholds.yaml`, folder.definition.in_force, thresholds) }
}
