/**
 * Guide search: finds guides as the reader types, in the page, without sending anything.
 *
 * The engine and its index are fetched when the field gets focus, so that the page stays light.
 * Without this module the form leads to the index A–Z and by theme.
 */

const MAX_QUERY = 200

/** @param {HTMLElement} root - holds the form, the list of results and the words around them */
export function mount(root) {
  const field = root.querySelector('input[type=search]')
  const form = root.querySelector('form')
  const list = root.querySelector('[data-guide-search-results]')
  const status = root.querySelector('[data-guide-search-status]')
  const nothing = root.querySelector('[data-guide-search-nothing]')
  const near = root.querySelector('[data-guide-search-near]')
  if (!field || !form || !list || !status || !nothing || !near) throw new Error('guide-search: a part is missing')

  let loaded
  const load = () => (loaded ??= loadEngine(root.dataset.index).catch(tryAgainLater))
  const tryAgainLater = (error) => {
    loaded = undefined // the next key press asks again
    throw error
  }
  const show = async () => {
    const query = field.value.trim()
    if (query.length < 2) {
      list.replaceChildren()
      status.textContent = ''
      nothing.hidden = true
      return
    }
    const engine = await load()
    if (field.value.trim() !== query) return // the reader went on typing
    const results = engine.find(query)
    list.replaceChildren(...results.map((result) => resultItem(result, engine.parts)))
    nothing.hidden = results.length > 0
    showNear(results.length ? [] : engine.nearWords(query))
    status.textContent = results.length
      ? root.dataset[results.length > 1 ? 'textFound' : 'textFoundOne'].replace('{n}', results.length)
      : root.dataset.textNothing
  }
  const showNear = (words) => {
    near.hidden = words.length === 0
    near.querySelector('span').replaceChildren(...words.map((word) => wordButton(word, tryWord)))
  }
  const tryWord = (word) => {
    field.value = word
    field.focus()
    show().catch(console.error)
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
  }
  if (document.activeElement === field) load().catch(console.error)
  if (field.value) show().catch(console.error) // also what was typed before this script came
}

/**
 * @param {{url: string, title: string, theme: string, summary: string, terms: string[]}} result
 * @param {Function} parts - of the engine
 */
function resultItem(result, parts) {
  const marked = (text) => parts(text, result.terms).map(({ text, met }) => (met ? mark(text) : text))
  const item = document.createElement('li')
  item.dataset.searchResult = ''
  const link = document.createElement('a')
  link.href = result.url
  link.append(...marked(result.title))
  const theme = document.createElement('p')
  theme.className = 'small'
  theme.append(`${result.theme}. `, ...marked(result.summary))
  item.append(link, theme)
  return item
}

/** @param {string} text */
function mark(text) {
  const element = document.createElement('mark')
  element.textContent = text
  return element
}

/** @param {string} word @param {(word: string) => void} take */
function wordButton(word, take) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button plain'
  button.textContent = word
  button.addEventListener('click', () => take(word))
  return button
}

/**
 * @param {string} address - of the index
 * @returns {Promise<{find: Function, parts: Function, nearWords: Function}>}
 */
async function loadEngine(address) {
  const [engine, answer] = await Promise.all([import('./engine.js'), fetch(address)])
  if (!answer.ok) throw new Error(`guide-search: index answered ${answer.status}`)
  const index = await answer.json()
  const search = engine.buildSearch(index)
  return {
    find: (query) => engine.find(search, query),
    parts: engine.parts,
    nearWords: (query) => engine.nearWords(index, query),
  }
}
