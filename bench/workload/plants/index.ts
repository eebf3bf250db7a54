/** Every scenario there is: one file a rule. */
import ageLimitedItem from './age-limited-item.ts'
import bedCollision from './bed-collision.ts'
import bedLowDayCost from './bed-low-day-cost.ts'
import bedNoLines from './bed-no-lines.ts'
import bedNursingOnlyDays from './bed-nursing-only-days.ts'
import bedVisitElsewhere from './bed-visit-elsewhere.ts'
import certificateMismatch from './certificate-mismatch.ts'
import claimListIntegrity from './claim-list-integrity.ts'
import claimMoneyIntegrity from './claim-money-integrity.ts'
import clusteredAmounts from './clustered-amounts.ts'
import credentialMix from './credential-mix.ts'
import dailyItemLimit from './daily-item-limit.ts'
import daysOverStay from './days-over-stay.ts'
import decemberSurge from './december-surge.ts'
import deviceElsewhere from './device-elsewhere.ts'
import dialysisFrequency from './dialysis-frequency.ts'
import exclusiveItems from './exclusive-items.ts'
import feeOutsideStay from './fee-outside-stay.ts'
import frequentVisitDays from './frequent-visit-days.ts'
import frequentVisitsMonth from './frequent-visits-month.ts'
import frequentVisitsYear from './frequent-visits-year.ts'
import groupAdmission from './group-admission.ts'
import impossibleTravel from './impossible-travel.ts'
import mappingChange from './mapping-change.ts'
import manyInstitutionsADay from './many-institutions-a-day.ts'
import overSupply from './over-supply.ts'
import overCapacity from './over-capacity.ts'
import nightPharmacy from './night-pharmacy.ts'
import overlappingStays from './overlapping-stays.ts'
import pharmacySameDayRepeats from './pharmacy-same-day-repeats.ts'
import prescriptionDays from './prescription-days.ts'
import priceOverLimit from './price-over-limit.ts'
import sameDayReregistration from './same-day-reregistration.ts'
import sameBasket from './same-basket.ts'
import settledBeyondStock from './settled-beyond-stock.ts'
import settledWithoutPurchase from './settled-without-purchase.ts'
import sexLimitedItem from './sex-limited-item.ts'
import splitHospitalisation from './split-hospitalisation.ts'
import suspendedInstitution from './suspended-institution.ts'
import terminalBurst from './terminal-burst.ts'
import traceCodeMismatch from './trace-code-mismatch.ts'
import traceCodeResold from './trace-code-resold.ts'
import useAfterDeath from './use-after-death.ts'
import visitWhileInpatient from './visit-while-inpatient.ts'
import type { Scenario } from './scenario.ts'

/** In the order in which they are planted. */
export const SCENARIOS: readonly Scenario[] = [
  ...splitHospitalisation, ...sameDayReregistration, ...bedNoLines,
  ...bedNursingOnlyDays, ...bedLowDayCost, ...bedVisitElsewhere,
  ...visitWhileInpatient, ...overlappingStays, ...impossibleTravel,
  ...manyInstitutionsADay, ...useAfterDeath, ...sexLimitedItem,
  ...ageLimitedItem, ...certificateMismatch, ...frequentVisitsMonth,
  ...frequentVisitsYear, ...frequentVisitDays, ...claimMoneyIntegrity,
  ...claimListIntegrity, ...priceOverLimit, ...feeOutsideStay,
  ...dailyItemLimit, ...daysOverStay, ...suspendedInstitution,
  ...prescriptionDays, ...exclusiveItems, ...traceCodeMismatch, ...traceCodeResold,
  ...pharmacySameDayRepeats, ...credentialMix, ...dialysisFrequency, ...overSupply,
  ...bedCollision, ...overCapacity,
  ...terminalBurst, ...deviceElsewhere,
  ...settledBeyondStock, ...settledWithoutPurchase, ...mappingChange,
  ...groupAdmission, ...sameBasket, ...nightPharmacy,
  ...clusteredAmounts, ...decemberSurge
]
