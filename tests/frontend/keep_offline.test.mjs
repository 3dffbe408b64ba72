import assert from 'node:assert/strict'
import { test } from 'node:test'
import { activated } from '../../site_builder/theme/components/keep_offline/keep_offline.js'

/** A worker as browsers make them: an event target with a state. */
class Worker extends EventTarget {
  constructor(state) {
    super()
    this.state = state
  }

  become(state) {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

test('a worker that already works is taken as it is', async () => {
  const active = new Worker('activated')

  assert.equal(await activated({ installing: null, waiting: null, active }), active)
})

test('a new version is waited for, not the one before', async () => {
  const installing = new Worker('installing')
  const promise = activated({ installing, waiting: null, active: new Worker('activated') })

  installing.become('installed')
  installing.become('activating')
  installing.become('activated')

  assert.equal(await promise, installing)
})

test('a version that cannot be installed is told', async () => {
  const installing = new Worker('installing')
  const promise = activated({ installing, waiting: null, active: null })

  installing.become('redundant')

  await assert.rejects(promise, /not installed/)
})
