/** Pooling areas on the command line. */
import { UsageError } from './command.ts'

/** First two digits of GB/T 2260: the 34 provinces, and 66, which stands for 新疆生产建设兵团 in codes of medical insurance. */
const PROVINCES: ReadonlySet<string> = new Set([
  '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43', '44', '45', '46',
  '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '66', '71', '81', '82'
])

/** The code; '' (no area) is one. @throws UsageError when it is not six digits of a province that exists */
export function checkArea (code: string): string {
  if (code === '') return code
  if (!/^\d{6}$/.test(code)) throw new UsageError(`--area must be the six digits of a pooling area, such as 310000, not ${code}`)
  if (!PROVINCES.has(code.slice(0, 2))) throw new UsageError(`--area ${code}: no province has the code ${code.slice(0, 2)}`)
  return code
}
