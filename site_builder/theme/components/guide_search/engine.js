/**
 * The search among guides: French folding, weights, typing mistakes. Pure, tested without a page.
 */

import MiniSearch from '../../vendor/minisearch.js'

const MAX_QUERY = 200
const MAX_RESULTS = 8
const MAX_WORDS = 4
const LONGEST = 30 // letters; beyond, nobody wrote a word
const FAR = 0.4 // share of the letters that may differ in a word that is only proposed

// Words that say nothing of the situation. « pas » and « sans » stay: they change the meaning.
const EMPTY_WORDS = new Set(
  `a ai as au aux avec ca ce ces cet cette chez comment dans de des du elle elles en est et eu
   faire fait faut il ils j je jai l la le les leur lui m ma me mes moi mon n ne nos notre nous
   on ont ou par plus pour qu que quelqu quelque quelques qui quoi s sa se ses si son sont suis
   sur t ta te tes toi ton tu un une vos votre vous y c d etre ete`.split(/\s+/),
)

/** @param {string} text @returns {string} lower case, without accents */
export function plain(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
}

/**
 * French folding of one word: accents, plurals and common endings do not count.
 * @param {string} word
 * @returns {string | null} null for a word that says nothing
 */
export function fold(word) {
  const folded = plain(word).replace(/œ/g, 'oe').replace(/ph/g, 'f') // heard the same
  if (EMPTY_WORDS.has(folded) || folded === '') return null
  if (folded.length < 4) return folded
  return folded
    .replace(/(?:eaux|aux)$/, 'al')
    .replace(/(?:ees|ee|es|e|s|x|er|ez)$/, '')
    .replace(/(.)\1$/, '$1')
}

/** @param {string} text @returns {string[]} words; an elided article is a word of its own */
export function words(text) {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

/** @param {{rows: string[][]}} index @returns {MiniSearch} */
export function buildSearch(index) {
  const search = new MiniSearch({
    fields: ['title', 'synonyms', 'situation', 'summary'],
    storeFields: ['url', 'title', 'theme', 'summary'],
    tokenize: words,
    processTerm: fold,
    searchOptions: {
      boost: { title: 4, synonyms: 5, situation: 2 },
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      weights: { fuzzy: 0.35, prefix: 0.6 },
    },
  })
  search.addAll(
    index.rows.map(([url, title, theme, summary, situation, synonyms], id) => {
      return { id, url, title, theme, summary, situation, synonyms }
    }),
  )
  return search
}

/**
 * @param {MiniSearch} search
 * @param {string} query
 * @returns {object[]} guides, best first; `terms` are the folded words of the guide that were met
 */
export function find(search, query) {
  return search.search(query.slice(0, MAX_QUERY)).slice(0, MAX_RESULTS)
}

/**
 * A text cut where the words that were met begin and end.
 * @param {string} text
 * @param {string[]} terms - folded
 * @returns {{text: string, met: boolean}[]} joined, the parts give the text back
 */
export function parts(text, terms) {
  const wanted = new Set(terms)
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .filter(Boolean)
    .map((part) => ({ text: part, met: wanted.has(fold(part)) }))
    .reduce((joined, part) => {
      const last = joined.at(-1)
      if (last && last.met === part.met) last.text += part.text
      else joined.push(part)
      return joined
    }, [])
}

/**
 * Words of the guides that look like those of a query that found nothing, nearest first.
 * @param {{rows: string[][]}} index
 * @param {string} query
 * @returns {string[]} as editors write them
 */
export function nearWords(index, query) {
  const asked = words(query.slice(0, MAX_QUERY)).map(fold).filter((word) => word && word.length > 3 && word.length <= LONGEST)
  const near = []
  for (const [term, written] of writtenWords(index)) {
    const away = Math.min(...asked.slice(0, MAX_WORDS).map((word) => difference(word, term)))
    if (away <= FAR) near.push({ written, away })
  }
  return near.sort((a, b) => a.away - b.away).slice(0, MAX_WORDS).map((word) => word.written)
}

/** @param {{rows: string[][]}} index @returns {Map<string, string>} a folded word → how it is written */
function writtenWords(index) {
  const written = new Map()
  for (const [, title, , , , synonyms] of index.rows) {
    for (const word of words(`${title} ${synonyms}`)) {
      const term = fold(word)
      if (term && !written.has(term)) written.set(term, word.toLowerCase())
    }
  }
  return written
}

/** Share of the letters to add, drop or change to make one word from the other (Levenshtein). */
function difference(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i += 1) {
    const above = row
    row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const kept = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(kept, above[j] + 1, row[j - 1] + 1))
    }
  }
  return row[b.length] / Math.max(a.length, b.length)
}
