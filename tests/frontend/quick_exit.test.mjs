import assert from 'node:assert/strict'
import { test } from 'node:test'
import { press } from '../../site_builder/theme/start.js'

test('three presses within five seconds leave', () => {
  const one = press([], 0)
  const two = press(one.times, 2000)
  const three = press(two.times, 4999)

  assert.deepEqual([one.leave, two.leave, three.leave], [false, false, true])
})

test('a press too long ago does not count', () => {
  const one = press([], 0)
  const two = press(one.times, 3000)
  const three = press(two.times, 5000)

  assert.deepEqual([two.leave, three.leave], [false, false])
})
