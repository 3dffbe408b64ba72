import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isFirstVisit,
  progress,
} from '../../site_builder/theme/components/form_steps/form_steps.js'

test('a page drawn again by the server shows everything', () => {
  assert.equal(isFirstVisit('/declarer/signalement/formulaire/'), true)
  assert.equal(isFirstVisit('/api/signalement'), false)
})

test('progress is told in the words of the page', () => {
  assert.equal(progress('Partie {step} sur {count}', 2, 9), 'Partie 2 sur 9')
})
