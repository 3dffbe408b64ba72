/**
 * Communes as people write them: folding, filing and matching.
 *
 * `fold` and `communeKey` do what site_builder/stations/{names,shards}.py do at build time;
 * tests/frontend/station_search.test.mjs and the Python tests share their examples.
 */

const SKIPPED = new Set(['l', 'la', 'le', 'les', 'saint', 'sainte', 'st', 'ste'])
const ABBREVIATIONS = { st: 'saint', ste: 'sainte' }

/** @param {string} text @returns {string} lower case, no accent, words parted by one space */
export function fold(text) {
  const plain = text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  return (plain.match(/[a-z0-9]+/g) ?? []).join(' ')
}

/** @param {string} name @returns {string} letters by which a commune is filed: Saint-Denis → denis */
export function communeKey(name) {
  const words = fold(name).split(' ')
  while (words.length > 1 && SKIPPED.has(words[0])) words.shift()
  return words.join('')
}

/** @param {string} text @returns {string} folded, with st → saint and 11eme → 11e */
export function spelled(text) {
  return fold(text)
    .split(' ')
    .map((word) => ABBREVIATIONS[word] ?? word.replace(/^(\d+)(e|eme|er|ere|nd|nde)?$/, '$1'))
    .join(' ')
}

/**
 * Slips of the hand between two words, counting a swap of neighbours as one.
 *
 * @param {string} a @param {string} b @param {number} limit - stops counting above it
 * @returns {number} at most limit + 1
 */
export function slips(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      let cost = Math.min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + same)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, before[column - 2] + 1)
      }
      current.push(cost)
    }
    if (Math.min(...current) > limit) return limit + 1
    before = previous
    previous = current
  }
  return previous[b.length]
}

/** @param {string} word @returns {number} slips forgiven: none in short words, two in long ones */
export function forgiven(word) {
  if (word.length < 4) return 0
  return word.length < 8 ? 1 : 2
}

/**
 * How well a commune answers a query: 0 same name, 1 same without article or saint,
 * 2 begins so (Paris 11), 3 one slip, 4 two slips; -1 not at all.
 *
 * @param {string} query @param {string} name @returns {number}
 */
export function rank(query, name) {
  const asked = spelled(query)
  const written = spelled(name)
  if (asked === written) return 0
  const [askedKey, writtenKey] = [communeKey(asked), communeKey(written)]
  if (askedKey === writtenKey) return 1
  if (asked.length > 2 && `${written} `.startsWith(`${asked} `)) return 2
  const limit = forgiven(askedKey)
  const made = limit ? slips(askedKey, writtenKey, limit) : 1
  return made <= limit ? 2 + made : -1
}

/** From this rank on, the spelling was corrected. */
export const CLOSE = 3

/**
 * The communes that answer a query, best rank only, the most populous first.
 *
 * @param {string} query @param {Array<[string, string, number]>} rows - name, INSEE code, size
 * @returns {{rank: number, rows: Array<[string, string, number]>}}
 */
export function match(query, rows) {
  const ranked = rows.map((row) => ({ row, rank: rank(query, row[0]) }))
  const found = ranked.filter((one) => one.rank >= 0)
  const best = Math.min(...found.map((one) => one.rank))
  const kept = found.filter((one) => one.rank === best || (best === 0 && one.rank === 1))
  kept.sort((a, b) => a.rank - b.rank || b.row[2] - a.row[2] || (a.row[1] < b.row[1] ? -1 : 1))
  return { rank: found.length ? best : -1, rows: kept.map((one) => one.row) }
}

/** @param {string} insee @returns {string} lower-case code of the département */
export function departementOf(insee) {
  return insee.slice(0, /^9[78]/.test(insee) ? 3 : 2).toLowerCase()
}
