/** Finds communes, départements and stations in the data files, loading as few as it can. */
import { CLOSE, communeKey, departementOf, fold, match } from './communes.js'
import { distance, nearest, nearestAround } from './nearest.js'

const COUNT = 5
const FAR_M = 100000 // as site_builder/stations/neighbours.py
const DATA = '/stations/donnees'

/** @returns {(name: string) => Promise<any>} JSON files, each asked for once; null when absent */
export function fetcher(get = (url) => fetch(url)) {
  const kept = new Map()
  return (name) => {
    if (!kept.has(name)) {
      const answer = get(`${DATA}/${name}.json`).then((response) => {
        if (response.status === 404) return null
        if (!response.ok) throw new Error(`${name}: ${response.status}`)
        return response.json()
      })
      answer.catch(() => kept.delete(name)) // a second try may succeed
      kept.set(name, answer)
    }
    return kept.get(name)
  }
}

/**
 * Communes that answer what was typed.
 *
 * @returns {Promise<{exact?: boolean, close: boolean, rows: Array<Array>}>} exact: that very name;
 *   close: the spelling was corrected
 */
export async function findCommunes(query, data) {
  const text = query.trim()
  if (/^\d[\dAB]\d{3}$/i.test(text.replace(/\s/g, ''))) {
    const code = text.replace(/\s/g, '').toUpperCase()
    const rows = (await data(`cp/${code.slice(0, 2).toLowerCase()}`)) ?? []
    const byPostcode = rows.filter((row) => row[3].split(' ').includes(code))
    const found = byPostcode.length ? byPostcode : rows.filter((row) => row[1] === code)
    const parts = found.filter((row) => row[0].endsWith(' Arrondissement')) // finer than their city
    return { close: false, rows: (parts.length ? parts : found).sort((a, b) => b[2] - a[2]) }
  }
  const key = communeKey(text)
  if (!key || /^\d/.test(key)) return { close: false, rows: [] }
  const begun = (await data(`debut/${key.slice(0, 2)}`)) ?? []
  const { rank, rows } = match(text, begun)
  if (rank >= 0 && rank < CLOSE) return { exact: rank < 2, close: false, rows }
  // The second letter itself may be wrong: look at names with the same first and last letters.
  const ends = (await data(`bouts/${key[0]}${key.slice(-1)}`)) ?? []
  const known = new Set(begun.map((row) => row[1]))
  const all = [...begun, ...ends.filter((row) => !known.has(row[1]))]
  return { close: true, rows: match(text, all).rows }
}

/** The département that a short code or a name designates, if any. */
export function findDepartement(query, regions) {
  const asked = fold(query)
  return regions.find(([slug, , name]) => asked === slug || asked === fold(name))
}

/** Stations near a commune, the competent one first where the operator loaded it. */
export async function stationsNear(commune, regions, data) {
  const [, insee, , , competent = '', ...point] = commune
  const [found, first] = await Promise.all([
    point.length ? stationsAround(point, regions, data) : stationsOf(insee, data),
    competent ? stationAt(competent, data) : undefined,
  ])
  if (!first) return found
  const metres = first.p && point.length ? distance(point, first.p) : undefined
  const others = found.filter((one) => one.station.i !== first.i)
  return [{ station: first, metres, isCompetent: true }, ...others].slice(0, COUNT)
}

/** Stations of a commune whose place nobody knows, else those of its département. */
async function stationsOf(insee, data) {
  const slug = departementOf(insee)
  const home = withRegion(slug, await data(slug))
  const inside = home.filter((station) => station.c === insee)
  return (inside.length ? inside : home).slice(0, COUNT).map((station) => ({ station }))
}

/** @param {string} path - 38/commissariat-voiron */
async function stationAt(path, data) {
  const [slug, name] = path.split('/')
  return withRegion(slug, await data(slug)).find((station) => station.s === name)
}

/** Stations near a point. */
export function stationsAround(point, regions, data) {
  return nearestAround(point, regions, async (slug) => withRegion(slug, await data(slug)), COUNT)
}

/** The victim-support office nearest to the first result, where the operator loaded them. */
export async function supportNear(found, data) {
  const [first] = found
  if (!first?.station.p || first.station.u) return undefined
  const files = await Promise.all([...new Set(found.map((one) => one.station.slug))].map(data))
  const [office] = nearest(first.station.p, files.flatMap((file) => file?.v ?? []), 1)
  return office && office.metres <= FAR_M ? office.station : undefined
}

/** @returns {Array<object>} stations that know their département, time zone and holidays */
function withRegion(slug, file) {
  if (!file) return []
  return file.r.map((card) => ({ z: file.z, ...card, slug, holidays: file.f }))
}

/** @returns {string} « Saint-Denis (Seine-Saint-Denis, 93) », so that namesakes are told apart */
export function townLabel([name, insee, , postcodes = ''], regions) {
  const region = regions.find(([slug]) => slug === departementOf(insee))
  const codes = postcodes.split(' ')
  const code = codes.length === 1 && codes[0] ? codes[0] : (region?.[1] ?? '')
  return region ? `${name} (${region[2]}, ${code})` : name
}
