/** Distances on the globe, and the nearest stations without loading all of France. */

const EARTH_M = 6371008.8

/**
 * @param {[number, number]} a - longitude, latitude in degrees @param {[number, number]} b
 * @returns {number} metres along the great circle
 */
export function distance(a, b) {
  const [x1, y1, x2, y2] = [...a, ...b].map((degrees) => (degrees * Math.PI) / 180)
  const half =
    Math.sin((y2 - y1) / 2) ** 2 + Math.cos(y1) * Math.cos(y2) * Math.sin((x2 - x1) / 2) ** 2
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
  if (metres < 950) return `à ${Math.max(50, Math.round(metres / 50) * 50)} m`
  const km = metres / 1000
  return km < 9.95 ? `à ${km.toFixed(1).replace('.', ',')} km` : `à ${Math.round(km)} km`
}

/**
 * The nearest stations of a list; those without a point are left out.
 *
 * @param {[number, number]} point @param {Array<{p?: [number, number]}>} stations
 * @returns {Array<{station: object, metres: number}>} nearest first
 */
export function nearest(point, stations, count) {
  const measured = []
  for (const station of stations) {
    if (station.p) measured.push({ station, metres: distance(point, station.p) })
  }
  return measured.sort((a, b) => a.metres - b.metres).slice(0, count)
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
