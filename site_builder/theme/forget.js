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
