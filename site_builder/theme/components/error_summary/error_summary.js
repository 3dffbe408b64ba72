/** What is wrong is read first; each line leads into its field, not only near it. */

/** @param {HTMLElement} root */
export function mount(root) {
  root.focus()
  for (const link of root.querySelectorAll('a')) {
    link.addEventListener('click', (event) => {
      const target = field(link.hash.slice(1))
      if (!target) return
      event.preventDefault()
      target.scrollIntoView({ block: 'center' })
      target.focus({ preventScroll: true })
    })
  }
}

/**
 * The control to fill: the first choice of a group, or the field itself.
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export function field(id) {
  const found = document.getElementById(id)
  return found?.querySelector('input') ?? found
}
