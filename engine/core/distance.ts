/** Distance between two places on the ground, for rules that compare it with the time between two visits. */

/** Mean radius of the Earth (IUGG), km. */
const EARTH_RADIUS_KM = 6371.0088
/** No two places are further apart, km. */
export const FARTHEST_KM = Math.PI * EARTH_RADIUS_KM

/** A place in degrees. */
export interface Place { readonly lng: number | null, readonly lat: number | null }

const radians = (degrees: number): number => degrees * Math.PI / 180

/**
 * Great-circle distance in km by the haversine formula on the mean sphere: at most 0.6 % off the ellipsoid.
 * No road is shorter, so a speed computed from it is the least the person must have travelled at.
 * @returns null when either place is not known
 */
export function distanceKm (a: Place, b: Place): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null) return null
  const latitudes = Math.sin(radians(b.lat - a.lat) / 2)
  const longitudes = Math.sin(radians(b.lng - a.lng) / 2)
  const h = latitudes ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * longitudes ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}
