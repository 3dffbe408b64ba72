import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { painted } from '../../site_builder/theme/start.js'

const real = globalThis.PerformanceObserver
afterEach(() => {
  globalThis.PerformanceObserver = real
  performance.clearMarks()
})

/** A browser that says it tells of paints, and then calls `tell` when asked. */
function browser(tell) {
  globalThis.PerformanceObserver = class {
    static supportedEntryTypes = ['paint']
    #callback
    constructor(callback) {
      this.#callback = callback
    }
    observe(options) {
      assert.deepEqual(options, { type: 'paint', buffered: true })
      tell(this.#callback)
    }
  }
}

test('components come at once where the browser tells nothing of paints', async () => {
  globalThis.PerformanceObserver = undefined
  await painted()
})

test('components come when the first words are shown', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let shown
  browser((callback) => (shown = callback))
  const done = painted()
  shown()
  await done
})

test('components come at once when the words are there already', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  browser(() => assert.fail('nothing to wait for'))
  performance.mark('first-contentful-paint')
  await painted()
})

test('a browser that never tells is not waited for long', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  browser(() => {})
  const done = painted()
  t.mock.timers.tick(3000)
  await done
})
