/**
 * Station search: commune, postcode or the device's position → nearest stations.
 *
 * Its modules are fetched when the reader starts to use it, so that the page stays light.
 * Without this module the form leads to the list of départements; sent before it was there,
 * the form is answered after the reload.
 */

/** @param {HTMLElement} root - element bearing data-component="station-search" */
export function mount(root) {
  const find = (name) => {
    const part = root.querySelector(`[data-station-search-${name}]`)
    if (!part) throw new Error(`station-search: ${name} not found`)
    return part
  }
  const field = find('field')
  let opened
  const open = () =>
    (opened ??= import('./panel.js').then(
      (module) => module.panel(root),
      (error) => {
        opened = undefined // the network may come back
        throw error
      },
    ))
  const search = async (query) => {
    try {
      await (await open()).search(query)
    } catch (error) {
      console.error(error)
      location.hash = '#departements' // what the form does without this module
    }
  }

  field.form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (field.value.trim()) search(field.value)
  })
  field.addEventListener('focus', () => open().catch(() => {}), { once: true })
  const asked = new URLSearchParams(location.search).get('q')
  if (asked) {
    history.replaceState(null, '', location.pathname) // the address keeps no trace of it
    field.value = asked
    search(asked)
  }
  if (navigator.geolocation) {
    find('around').hidden = false
    find('locate').addEventListener('click', () => {
      const used = open().then((opening) => opening.around())
      used.catch(() => (find('status').textContent = root.dataset.textFailed))
    })
  }
}
