/**
 * Gives kept pages when the network does not answer. Registered only when a reader asks for it
 * (components/keep_offline), removed by « effacer mes traces » and by the quick exit.
 *
 * All pages travel and stay in one file, made by site_builder/offline.py, which also fills BUNDLE.
 * Sensitive pages, forms and answers are not in it, and nothing that is visited is added to it.
 */
const BUNDLE = ''

const PAGES = `reperes${BUNDLE}` // one cache a version of the site
const STATIONS = 'reperes-stations' // of one département, as they were last fetched
const NEVER = /^\/(api|declarer|suivi|effacer-mes-traces)\//
const PARTS = /^\/(assets\/|favicon\.svg)/ // of pages
const NO_NETWORK = '/hors-ligne/sans-reseau/'
const PATIENCE_MS = 3000 // then the kept page is shown: a late page helps less than an older one
const AT_ONCE = 6 // stations fetched together

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin || NEVER.test(pathname)) return
  const isPage = mode === 'navigate'
  if (isPage || PARTS.test(pathname)) event.respondWith(answer(event.request, pathname, isPage))
})
self.addEventListener('message', (event) => {
  const { forget, keepStations: code } = event.data
  const work = forget ? forgetAll() : keepStations(code)
  const told = work.then(
    () => event.ports[0]?.postMessage('done'),
    () => event.ports[0]?.postMessage('failed'),
  )
  event.waitUntil(told)
})

/** A version is installed whole or not at all: the one before goes on meanwhile. */
async function install() {
  const bundle = await fetched(BUNDLE)
  await (await caches.open(PAGES)).put(BUNDLE, bundle)
  const code = await keptDepartement()
  if (code) await keepStations(code).catch(() => {}) // those of before are still there
  await self.skipWaiting()
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name !== PAGES && name !== STATIONS)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function forgetAll() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)))
  await self.registration.unregister()
}

/** The network first, since a number that changed must be right; then what is kept. */
async function answer(request, pathname, isPage) {
  const network = fetch(request)
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  const first = await Promise.race([network, late]).catch(() => undefined)
  if (first && first.status < 500) return first
  const kept = await keptCopy(pathname)
  if (kept) return kept
  try {
    return await network
  } catch (error) {
    const page = isPage && (await keptCopy(NO_NETWORK))
    if (page) return page
    throw error
  }
}

async function keptCopy(pathname) {
  const bundle = await caches.match(BUNDLE, { cacheName: PAGES })
  const { head, mark, types, files } = (await bundle?.json()) ?? { files: {} }
  const text = files[pathname]
  if (text === undefined) return caches.match(pathname, { cacheName: STATIONS })
  const headers = new Headers(bundle.headers) // the security headers of the site, on every page
  for (const name of ['content-length', 'content-encoding', 'etag', 'last-modified']) {
    headers.delete(name)
  }
  headers.set('content-type', types[pathname.slice(pathname.lastIndexOf('.') + 1)] ?? types.html)
  return new Response(text.replace(mark, () => head), { headers })
}

async function keptDepartement() {
  if (!(await caches.has(STATIONS))) return ''
  const cache = await caches.open(STATIONS)
  const paths = (await cache.keys()).map((request) => new URL(request.url).pathname)
  return paths.map((path) => /^\/stations\/([0-9ab]+)\/$/.exec(path)?.[1]).find(Boolean) ?? ''
}

/** @param {string} code - of a département, as in addresses; empty for none */
async function keepStations(code) {
  if (!code) return caches.delete(STATIONS)
  const list = `/stations/${code}/`
  const found = await fetched(list)
  const text = await found.clone().text()
  const links = [...text.matchAll(/href="([^"#?]+)"/g)]
    .map(([, href]) => new URL(href, location.origin + list))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(list))
  const paths = [...new Set(links.map(({ pathname }) => pathname))].filter((path) => path !== list)
  const cache = await caches.open(STATIONS)
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const batch = paths.slice(start, start + AT_ONCE)
    await Promise.all(batch.map(async (path) => cache.put(path, await fetched(path))))
  }
  await cache.put(list, found) // last: it says that the others are there
  const wanted = new Set([list, ...paths])
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request)
  }
}

async function fetched(path) {
  const response = await fetch(path, { cache: 'no-cache' })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}
