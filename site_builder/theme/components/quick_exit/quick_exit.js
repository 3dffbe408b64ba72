/**
 * Quick exit: leaves at once for a neutral page, by the link or by three presses of Shift.
 *
 * Without this module the link is an ordinary link to the same page.
 */

const PRESSES = 3
const WINDOW_MS = 5000
const LEFT = 'left' // the one thing ever kept, until the tab is closed: that the reader left

/**
 * Tells when the last three presses of Shift came close enough together.
 * @param {number[]} times - times of the presses so far, in milliseconds, oldest first
 * @param {number} now - time of this press
 * @returns {{times: number[], leave: boolean}}
 */
export function press(times, now) {
  const recent = [...times.filter((time) => now - time < WINDOW_MS), now]
  return { times: recent, leave: recent.length >= PRESSES }
}

/**
 * Removes the pages kept for reading offline, and the worker that gives them.
 * The worker is told too: it goes on when this page is gone.
 */
export async function forget() {
  const workers = navigator.serviceWorker
  if (!workers) return // no worker on an address that is not secure
  workers.controller?.postMessage({ forget: true })
  const [names, found] = await Promise.all([caches.keys(), workers.getRegistrations()])
  await Promise.all([
    ...names.map((name) => caches.delete(name)),
    ...found.map((one) => one.unregister()),
  ])
}

/** Some browsers refuse storage: then going back shows the page, and leaving still works. */
function session(work) {
  try {
    return work(sessionStorage)
  } catch {
    return null
  }
}

/**
 * Whether this page is shown by the Back button of a tab that was left by the quick exit.
 * Someone who comes by a link or an address comes on purpose: then what was kept goes.
 */
function isBackAfterLeaving(persisted) {
  const [navigation] = performance.getEntriesByType('navigation')
  if (persisted || navigation?.type === 'back_forward') {
    return session((storage) => storage.getItem(LEFT)) !== null
  }
  session((storage) => storage.removeItem(LEFT))
  return false
}

/** @param {HTMLAnchorElement} root - the link to the neutral page */
export function mount(root) {
  if (!root.href) throw new Error('quick-exit: the link has no address')
  let times = []

  const leave = () => {
    const blank = document.createElement('div')
    blank.className = 'blank' // the page is hidden before the network answers
    document.body.append(blank)
    document.title = root.hostname // an empty title would show this page's address
    session((storage) => storage.setItem(LEFT, ''))
    forget().catch(() => {}) // nothing may hold back the way out
    window.location.replace(root.href) // this page leaves the history of the tab
  }
  root.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return // the reader asked for a new tab
    event.preventDefault()
    leave()
  })
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') {
      times = [] // typing capitals is not asking to leave
      return
    }
    const state = press(times, event.timeStamp)
    times = state.times
    if (state.leave) leave()
  })
  if (isBackAfterLeaving(false)) leave()
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && isBackAfterLeaving(true)) leave()
  })
}
