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
  if (!field || !form || !list || !status || !nothing) throw new Error('guide-search: a part is missing')

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
    const find = await load()
    const results = find(query)
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

/**
 * @param {string} index - address of the index
 * @returns {Promise<(query: string) => object[]>} finds guides, best first
 */
async function loadEngine(index) {
  const [engine, answer] = await Promise.all([import('./engine.js'), fetch(index)])
  if (!answer.ok) throw new Error(`guide-search: index answered ${answer.status}`)
  const search = engine.buildSearch(await answer.json())
  return (query) => engine.find(search, query)
}
