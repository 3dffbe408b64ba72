/**
 * Quick exit: leaves at once for a neutral page, by the link or by three presses of Shift.
 *
 * Without this module the link is an ordinary link to the same page.
 */

const PRESSES = 3
const WINDOW_MS = 5000

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

/** @param {HTMLAnchorElement} root - the link to the neutral page */
export function mount(root) {
  if (!root.href) throw new Error('quick-exit: the link has no address')
  let times = []

  const leave = () => {
    const blank = document.createElement('div')
    blank.className = 'blank' // the page is hidden before the network answers
    document.body.append(blank)
    document.title = ' '
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
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('.blank').forEach((blank) => blank.remove())
  })
}
