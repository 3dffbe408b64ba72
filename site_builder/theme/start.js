/**
 * Written in every page (theme.py): the way out, then the components of the page.
 *
 * The way out works as soon as the page is read, without another answer of the network. The rest
 * waits for the first words to be shown: on a slow phone nothing is fetched or run before that.
 */

import { forget } from './forget.js'

const PRESSES = 3
const WINDOW_MS = 5000
const PATIENCE_MS = 3000
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

/**
 * Quick exit: leaves at once for a neutral page, by the link or by three presses of Shift.
 * Without it the link is an ordinary link to the same page.
 * @param {HTMLAnchorElement} root - the link to the neutral page
 */
export function watchExit(root) {
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
  root.dataset.mounted = ''
}

/** @param {string} name - kebab-case name of a component */
const load = (name) => {
  const file = name.replaceAll('-', '_')
  return import(`${document.body.dataset.assets}/components/${file}/${file}.js`)
}

/**
 * Mounts each component found in the page; one that fails never stops the others.
 * @param {ParentNode} scope
 * @param {(name: string) => Promise<{mount: (root: HTMLElement) => void}>} loader
 */
export async function start(scope, loader = load) {
  const roots = [...scope.querySelectorAll('[data-component]')]
  await Promise.all(
    roots.map(async (root) => {
      try {
        const component = await loader(root.dataset.component)
        component.mount(root)
        root.dataset.mounted = ''
      } catch (error) {
        console.error(error)
      }
    }),
  )
}

/**
 * Waits until the first words are on the screen: never where the browser does not tell, and never
 * for long, since some tell only what comes after the question (Safari 14).
 */
export function painted() {
  return new Promise((resolve) => {
    const tells = globalThis.PerformanceObserver?.supportedEntryTypes?.includes('paint')
    if (!tells || performance.getEntriesByName('first-contentful-paint').length > 0) return resolve()
    new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true })
    setTimeout(resolve, PATIENCE_MS)
  })
}

if (typeof document !== 'undefined') {
  document.querySelectorAll('a[data-quick-exit]').forEach(watchExit)
  painted().then(() => start(document))
}
