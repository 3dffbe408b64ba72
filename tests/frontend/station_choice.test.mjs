import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  choices,
  departementsOf,
} from '../../site_builder/theme/components/station_choice/station_choice.js'

test('a postcode tells its département, as the server reads it', () => {
  assert.deepEqual(departementsOf('33 000'), ['33'])
  assert.deepEqual(departementsOf('20200'), ['2a', '2b'])
  assert.deepEqual(departementsOf('97400'), ['974'])
  assert.deepEqual(departementsOf('3300'), [])
  assert.deepEqual(departementsOf('٣٣٠٠٠'), [])
})

test('stations are listed by commune', () => {
  const r = [
    { i: 'b', n: 'Brigade d’Évry', t: '91000 Évry' },
    { i: 'a', n: 'Commissariat', t: '91300 Massy' },
    { i: 'c', n: 'Brigade', t: 'Arpajon' },
  ]
  assert.deepEqual(
    choices({ r }).map(({ id, label }) => [id, label]),
    [
      ['c', 'Arpajon – Brigade'],
      ['b', 'Évry – Brigade d’Évry'],
      ['a', 'Massy – Commissariat'],
    ],
  )
})
