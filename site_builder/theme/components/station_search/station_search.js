/**
 * Station search: commune, postcode or the device's position → nearest stations.
 *
 * Its modules are fetched when the reader starts to use it, so that the page stays light.
 * Without this module the form leads to the list of départements.
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
  const open = () => (opened ??= import('./panel.js').then((module) => module.panel(root)))
  const search = async (query) => (await open()).search(query)

  field.form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (field.value.trim()) search(field.value)
  })
  field.addEventListener('focus', open, { once: true })
  const asked = new URLSearchParams(location.search).get('q')
  if (asked) {
    field.value = asked
    search(asked)
  }
  if (navigator.geolocation) {
    find('around').hidden = false
    find('locate').addEventListener('click', async () => (await open()).around())
  }
}
