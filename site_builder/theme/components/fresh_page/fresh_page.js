/** A page with what someone wrote never comes back from the browser's memory. */

/** @param {HTMLElement} root - carries where to go instead, in data-fresh-page-href */
export function mount(root) {
  const href = root.dataset.freshPageHref
  if (!href) throw new Error('fresh-page needs data-fresh-page-href')
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace(href)
  })
}
