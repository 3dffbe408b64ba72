import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import vm from 'node:vm'

const SCRIPT = new URL('../../site_builder/theme/service_worker.js', import.meta.url)

/** Runs the worker's script in a world of its own; tells which requests it takes. */
async function worker() {
  const handlers = {}
  const world = {
    self: { addEventListener: (name, handler) => (handlers[name] = handler) },
    location: { origin: 'https://reperes.exemple.fr' },
    fetch: () => new Promise(() => {}),
    setTimeout: () => {},
    URL,
  }
  vm.runInNewContext(await readFile(SCRIPT, 'utf8'), world)
  return (url, method = 'GET', mode = 'navigate') => {
    let isTaken = false
    const request = { url: new URL(url, world.location.origin).href, method, mode }
    handlers.fetch({ request, respondWith: () => (isTaken = true) })
    return isTaken
  }
}

test('forms, answers and traces never pass through the worker', async () => {
  const takes = await worker()

  for (const path of [
    '/api/signalement',
    '/declarer/signalement/formulaire/',
    '/suivi/',
    '/effacer-mes-traces/',
  ]) {
    assert.equal(takes(path), false, path)
  }
})

test('what is sent and what belongs to others is left alone', async () => {
  const takes = await worker()

  assert.equal(takes('/urgences/', 'POST'), false)
  assert.equal(takes('https://www.wikipedia.org/'), false)
})

test('pages and their parts are taken, data is not', async () => {
  const takes = await worker()

  assert.equal(takes('/urgences/'), true)
  assert.equal(takes('/assets/0123456789/forget.js', 'GET', 'cors'), true)
  assert.equal(takes('/favicon.svg', 'GET', 'no-cors'), true)
  assert.equal(takes('/recherche/index.0123456789.json', 'GET', 'cors'), false)
})
