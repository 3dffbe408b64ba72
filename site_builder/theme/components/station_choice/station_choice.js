/** The stations around a postcode, put in the form without leaving the page. */

/** @param {HTMLElement} root - the field; data-text-none is the choice of who does not know */
export function mount(root) {
  const form = root.closest('form')
  const button = root.querySelector('[data-station-choice-show]')
  if (!form || !button) throw new Error('station-choice needs a form and a button')
  button.addEventListener('click', async (event) => {
    const codes = departementsOf(postcodeIn(form))
    if (!codes.length) return // the server says what is missing
    event.preventDefault()
    try {
      const lists = await Promise.all(codes.map(load))
      choose(root, lists.flatMap(choices))
    } catch {
      form.requestSubmit(button) // the server has the list too
    }
  })
}

/**
 * The départements of a postcode; Corsica shares its own between two.
 * @param {string} postcode
 */
export function departementsOf(postcode) {
  const digits = postcode.replaceAll(' ', '')
  if (!/^[0-9]{5}$/.test(digits)) return []
  if (digits.startsWith('20')) return ['2a', '2b']
  return [digits.slice(0, /^9[78]/.test(digits) ? 3 : 2)]
}

/**
 * Id and label of each station of a data file of the search, by commune.
 * @param {{r: {i: string, n: string, t: string}[]}} data
 */
export function choices({ r }) {
  const named = r.map(({ i, n, t }) => ({ id: i, label: `${t.replace(/^\d{5} /, '')} – ${n}` }))
  return named.sort((one, other) => one.label.localeCompare(other.label, 'fr'))
}

function postcodeIn(form) {
  const names = ['place_postcode', 'postcode'] // of the place first
  return names.map((name) => form.elements[name]?.value.trim()).find(Boolean) ?? ''
}

async function load(code) {
  const response = await fetch(`/stations/donnees/${code}.json`)
  if (!response.ok) throw new Error(`no stations in ${code}`)
  return response.json()
}

function choose(root, stations) {
  const select = root.querySelector('select') ?? replaceTitle(root)
  const chosen = select.value
  select.replaceChildren(new Option(root.dataset.textNone, ''))
  for (const { id, label } of stations) select.add(new Option(label, id, false, id === chosen))
  select.focus()
}

/** The title of a field that had nothing to choose becomes the label of a list. */
function replaceTitle(root) {
  const title = root.querySelector('.label')
  const label = document.createElement('label')
  label.htmlFor = title.id
  label.append(...title.childNodes)
  const select = document.createElement('select')
  select.id = title.id
  select.name = root.dataset.field
  const hint = root.querySelector('.hint')
  if (hint) select.setAttribute('aria-describedby', hint.id)
  title.replaceWith(label)
  root.querySelector('.why')?.remove()
  root.classList.remove('wrong')
  ;(hint ?? label).after(select)
  return select
}
