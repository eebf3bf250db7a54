import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certificateBirthDay, certificateGend } from './certificate.ts'
import { formatDate, startOfDay } from './time.ts'

const born = (certno: string): string | null => {
  const day = certificateBirthDay(certno)
  return day === null ? null : formatDate(startOfDay(day))
}

describe('the identity number', () => {
  it('of 18 characters says birth date and sex', () => {
    expect(born('340000195104020020')).toBe('1951-04-02')
    expect(certificateGend('340000195104020020')).toBe('2')
    expect(certificateGend('34000019510402003X')).toBe('1')
    expect(certificateGend('34000019510402003x')).toBe('1')
  })

  it('of 15 digits says a birth date of the twentieth century and the sex in its last digit', () => {
    expect(born('340000510402003')).toBe('1951-04-02')
    expect(certificateGend('340000510402003')).toBe('1')
    expect(certificateGend('340000510402002')).toBe('2')
  })

  it('says so whatever stands before and after the birth date', () => {
    expect(born('341799195112299879')).toBe('1951-12-29')
    expect(born('341799511229987')).toBe('1951-12-29')
  })

  it('says nothing when it is not such a number or its birth digits are no date', () => {
    const others = ['', '34000019510402002', '3400001951040200200', '34000019510402X020', '3400********0020']
    const noDates = ['340000195113020020', '340000195102300020', '340000511302003']
    for (const certno of [...others, ...noDates]) {
      expect(certificateBirthDay(certno), certno).toBeNull()
      expect(certificateGend(certno), certno).toBe('')
    }
  })

  it('is read or refused, whatever the text', () => {
    const numbers = fc.oneof(fc.string(), fc.stringMatching(/^\d{17}[\dX]$/), fc.stringMatching(/^\d{15}$/))
    fc.assert(fc.property(numbers, certno => {
      expect(certificateGend(certno) === '').toBe(certificateBirthDay(certno) === null)
    }))
  })
})
