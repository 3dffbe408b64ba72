import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, isOver } from '../../site_builder/theme/components/alerte_expiry/alerte_expiry.js'

test('the day is the one on the clock of the reader, not in Greenwich', () => {
  assert.equal(dayOf(new Date(2026, 10, 30, 0, 5)), '2026-11-30')
  assert.equal(dayOf(new Date(2026, 0, 1, 23, 59)), '2026-01-01')
})

test('an alerte is over on the day of its end, not the day before', () => {
  assert.equal(isOver('2026-11-30', new Date(2026, 10, 29, 23, 59)), false)
  assert.equal(isOver('2026-11-30', new Date(2026, 10, 30, 0, 0)), true)
})
