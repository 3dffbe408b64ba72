/**
 * « Garder hors ligne »: the only place that registers the service worker, when asked.
 *
 * Without this module the form stays hidden and the page says what to do instead.
 */
import { forget } from '../../forget.js'

const WORKER = '/service-worker.js'

/**
 * Waits until the version being installed works.
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<ServiceWorker>}
 */
export function activated(registration) {
  const worker = registration.installing ?? registration.waiting ?? registration.active
  if (worker.state === 'activated') return Promise.resolve(worker)
  return new Promise((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve(worker)
      if (worker.state === 'redundant') reject(new Error('keep-offline: not installed'))
    })
  })
}

/** @param {ServiceWorker} worker @param {string} code - département, empty for none */
function keepStations(worker, code) {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) =>
      data === 'done' ? resolve() : reject(new Error('keep-offline: stations not kept'))
    worker.postMessage({ keepStations: code }, [port2])
  })
}

/** @param {HTMLElement} root */
export function mount(root) {
  const find = (name) => {
    const part = root.querySelector(`[data-keep-offline-${name}]`)
    if (!part) throw new Error(`keep-offline: ${name} not found`)
    return part
  }
  const names = ['form', 'without', 'choice', 'keep', 'drop', 'status']
  const [form, without, choice, keep, drop, status] = names.map(find)
  const texts = root.dataset
  const workers = navigator.serviceWorker
  const say = (text, isKept) => {
    status.textContent = text
    drop.hidden = !isKept
    keep.disabled = false
  }

  async function store() {
    keep.disabled = true
    status.textContent = texts.textWorking
    try {
      const registration = await workers.register(WORKER, { updateViaCache: 'none' })
      await keepStations(await activated(registration), choice.value)
      say(texts.textKept, true)
    } catch (error) {
      console.error(error)
      say(texts.textFailed, Boolean(await workers.getRegistration()))
    }
  }

  async function show() {
    if (await workers.getRegistration()) say(texts.textKept, true)
  }

  form.hidden = false
  without.hidden = true
  if (!workers) {
    keep.hidden = true
    return say(texts.textImpossible, false)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    store()
  })
  drop.addEventListener('click', () =>
    forget().then(
      () => say(texts.textDropped, false),
      () => say(texts.textFailed, true),
    ),
  )
  show()
}
