/**
 * Hides alertes that ended since the page was built: pages live in caches, dates do not wait.
 *
 * Without this module the page says until when each alerte holds.
 */

/** @param {Date} now @returns {string} the reader's day, 2026-11-22 */
export function dayOf(now) {
  const two = (number) => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/**
 * @param {string} expires - first day on which the alerte is over
 * @param {Date} now
 */
export function isOver(expires, now) {
  return dayOf(now) >= expires
}

/** @param {HTMLElement} root - around the alertes, and what to say when none is left, if anything */
export function mount(root, now = () => new Date()) {
  const alertes = [...root.querySelectorAll('[data-expires]')]
  if (!alertes.length) throw new Error('alerte-expiry: no alerte inside')
  const none = root.querySelector('[data-alerte-expiry-none]')
  const update = () => {
    const over = alertes.filter((alerte) => isOver(alerte.dataset.expires, now()))
    over.forEach((alerte) => (alerte.hidden = true))
    if (over.length < alertes.length) return
    if (none) none.hidden = false
    else root.hidden = true
  }
  update()
  window.addEventListener('pageshow', update) // a page that comes back from memory
}
