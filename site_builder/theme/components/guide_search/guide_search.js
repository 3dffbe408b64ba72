/**
 * Guide search: finds guides as the reader types, in the page, without sending anything.
 *
 * Without this module the form leads to the index A–Z and by theme.
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

/** @param {HTMLElement} root - holds the form, the list of results and the words around them */
export function mount(root) {
  const field = root.querySelector('input[type=search]')
  const form = root.querySelector('form')
  const list = root.querySelector('[data-guide-search-results]')
  const status = root.querySelector('[data-guide-search-status]')
  const nothing = root.querySelector('[data-guide-search-nothing]')
  if (!field || !form || !list || !status || !nothing) throw new Error('guide-search: a part is missing')

  let search = null
  const load = async () => {
    if (search) return search
    const answer = await fetch(root.dataset.index)
    if (!answer.ok) throw new Error(`guide-search: index answered ${answer.status}`)
    search ??= buildSearch(await answer.json())
    return search
  }
  const show = async () => {
    const query = field.value.trim()
    if (query.length < 2) {
      list.replaceChildren()
      status.textContent = ''
      nothing.hidden = true
      return
    }
    const results = find(await load(), query)
    if (field.value.trim() !== query) return // the reader went on typing
    list.replaceChildren(...results.map(resultItem))
    nothing.hidden = results.length > 0
    status.textContent = results.length
      ? root.dataset[results.length > 1 ? 'textFound' : 'textFoundOne'].replace('{n}', results.length)
      : root.dataset.textNothing
  }
  field.addEventListener('focus', () => load().catch(console.error), { once: true })
  field.addEventListener('input', () => show().catch(console.error))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show().catch(console.error)
  })

  const asked = new URLSearchParams(window.location.search).get('q')
  if (asked !== null) {
    field.value = asked.slice(0, MAX_QUERY)
    window.history.replaceState(null, '', window.location.pathname) // what was typed leaves the address
    show().catch(console.error)
  }
}

/** @param {{url: string, title: string, theme: string, summary: string}} result */
function resultItem(result) {
  const item = document.createElement('li')
  item.dataset.searchResult = ''
  const link = document.createElement('a')
  link.href = result.url
  link.textContent = result.title
  const theme = document.createElement('p')
  theme.className = 'small'
  theme.textContent = `${result.theme}. ${result.summary}`
  item.append(link, theme)
  return item
}
