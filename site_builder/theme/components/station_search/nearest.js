/** Distances on the globe, and the nearest stations without loading all of France. */

const EARTH_M = 6371008.8
const RADIANS = Math.PI / 180

/**
 * @param {[number, number]} a - longitude, latitude in degrees @param {[number, number]} b
 * @returns {number} metres along the great circle
 */
export function distance(a, b) {
  const [y1, y2] = [a[1] * RADIANS, b[1] * RADIANS]
  const [dx, dy] = [(b[0] - a[0]) * RADIANS, y2 - y1]
  const half = Math.sin(dy / 2) ** 2 + Math.cos(y1) * Math.cos(y2) * Math.sin(dx / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.sqrt(half))
}

/**
 * @param {[number, number]} point
 * @param {number[]} box - west, south, east, north
 * @returns {number} metres; no station of the box is nearer (1 % kept for the curve of the globe)
 */
export function distanceToBox([x, y], [west, south, east, north]) {
  const edge = [Math.min(Math.max(x, west), east), Math.min(Math.max(y, south), north)]
  return distance([x, y], edge) * 0.99
}

/** @param {number} metres @returns {string} as site_builder/stations/words.py says it */
export function showDistance(metres) {
  if (metres < 950) return `à\u00a0${Math.max(50, Math.round(metres / 50) * 50)}\u00a0m`
  const km = metres / 1000
  const number = km < 9.95 ? km.toFixed(1).replace('.', ',') : String(Math.round(km))
  return `à\u00a0${number}\u00a0km`
}

/**
 * The nearest stations of a list; those without a point are left out.
 *
 * @param {[number, number]} point @param {Array<{p?: [number, number]}>} stations
 * @returns {Array<{station: object, metres: number}>} nearest first
 */
export function nearest(point, stations, count) {
  const best = []
  for (const station of stations) {
    if (!station.p) continue
    const metres = distance(point, station.p)
    if (best.length === count && metres >= best[count - 1].metres) continue
    const place = best.findIndex((one) => one.metres > metres)
    best.splice(place < 0 ? best.length : place, 0, { station, metres })
    if (best.length > count) best.pop()
  }
  return best
}

/**
 * Loads départements until no other can hold a nearer station.
 *
 * @param {[number, number]} point
 * @param {Array<[string, string, string, ...number[]]>} regions - slug, code, name, box
 * @param {(slug: string) => Promise<Array<object>>} load - stations of one département
 */
export async function nearestAround(point, regions, load, count = 5) {
  const waiting = regions
    .filter((region) => region.length > 3)
    .map(([slug, , , ...box]) => ({ slug, bound: distanceToBox(point, box) }))
    .sort((a, b) => a.bound - b.bound)
  let found = []
  while (waiting.length) {
    const limit = found.length < count ? Infinity : found[count - 1].metres
    const batch = waiting.filter((region) => region.bound < limit)
    if (!batch.length) break
    if (limit === Infinity) batch.length = Math.min(batch.length, 2) // then the limit is known
    waiting.splice(0, waiting.indexOf(batch[batch.length - 1]) + 1)
    const loaded = await Promise.all(batch.map((region) => load(region.slug)))
    found = nearest(point, [...found.map((one) => one.station), ...loaded.flat()], count)
  }
  return found
}
