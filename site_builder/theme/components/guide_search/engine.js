/**
 * The search among guides: French folding, weights, typing mistakes. Pure, tested without a page.
 */

import MiniSearch from '../../vendor/minisearch.js'

const MAX_QUERY = 200
const MAX_RESULTS = 8

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

/** @param {MiniSearch} search @param {string} query */
export function find(search, query) {
  return search.search(query.slice(0, MAX_QUERY)).slice(0, MAX_RESULTS)
}
