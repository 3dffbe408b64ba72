import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '../../site_builder/theme/start.js'

test('one broken component does not stop the next', async () => {
  const broken = { dataset: { component: 'broken' } }
  const fine = { dataset: { component: 'fine' } }
  const scope = { querySelectorAll: () => [broken, fine] }
  const told = []
  const error = console.error
  console.error = (what) => told.push(what.message)

  await start(scope, async (name) => ({
    mount() {
      if (name === 'broken') throw new Error('a part is missing')
    },
  }))
  console.error = error

  assert.equal(fine.dataset.mounted, '')
  assert.equal(broken.dataset.mounted, undefined)
  assert.deepEqual(told, ['a part is missing'])
})
