import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceKm, FARTHEST_KM } from './distance.ts'

const places = fc.record({
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true })
})

describe('distance', () => {
  it('is a 360th of the meridian for a degree of latitude', () => {
    expect(distanceKm({ lng: 117, lat: 30 }, { lng: 117, lat: 31 })).toBeCloseTo(FARTHEST_KM / 180, 9)
    expect(FARTHEST_KM / 180).toBeCloseTo(111.19508, 5)
  })

  it('is about 1,067 km between Beijing and Shanghai', () => {
    const km = distanceKm({ lng: 116.4074, lat: 39.9042 }, { lng: 121.4737, lat: 31.2304 })
    expect(km).toBeCloseTo(1067.3, 0)
  })

  it('is the same both ways, nothing to oneself, and never beyond the other side of the Earth', () => {
    fc.assert(fc.property(places, places, (a, b) => {
      const km = distanceKm(a, b)!
      expect(distanceKm(b, a)).toBeCloseTo(km, 6)
      expect(km).toBeGreaterThanOrEqual(0)
      expect(km).toBeLessThanOrEqual(FARTHEST_KM)
      expect(distanceKm(a, a)).toBe(0)
    }))
  })

  it('is known to the other side of the Earth, where rounding must not take the root of more than one', () => {
    fc.assert(fc.property(places, ({ lng, lat }) => {
      expect(distanceKm({ lng, lat }, { lng: lng > 0 ? lng - 180 : lng + 180, lat: -lat })).toBeCloseTo(FARTHEST_KM, 3)
    }))
  })

  it('is not known when a place is not', () => {
    const known = { lng: 117, lat: 30 }
    for (const unknown of [{ lng: null, lat: 30 }, { lng: 117, lat: null }]) {
      expect(distanceKm(unknown, known)).toBeNull()
      expect(distanceKm(known, unknown)).toBeNull()
    }
  })
})
