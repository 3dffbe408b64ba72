import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  labelFor,
  openingLabel,
  parseHours,
  wallClock,
} from '../../site_builder/theme/components/station_open/station_open.js'

const WEEK = 'Mo-Fr 08:00-12:00,14:00-18:00; Sa 08:00-12:00'
const OFF = `${WEEK}; PH off`
const NIGHT = 'Mo-Sa 20:00-24:00; Tu-Su 00:00-06:00'

/** @returns {string} label at an instant written in UTC */
const at = (utc, hours = WEEK, zone = 'Europe/Paris', holidays = []) =>
  openingLabel(hours, zone, holidays, new Date(`${utc}Z`)).text

test('the label follows the clock of the day', () => {
  const table = [
    ['2026-11-23T06:59:00', 'Fermé, rouvre à 8 h'], // Monday 7:59
    ['2026-11-23T07:00:00', 'Ouvert, ferme à 12 h'],
    ['2026-11-23T10:59:00', 'Ouvert, ferme à 12 h'],
    ['2026-11-23T11:00:00', 'Fermé, rouvre à 14 h'],
    ['2026-11-23T16:59:00', 'Ouvert, ferme à 18 h'],
    ['2026-11-23T17:00:00', 'Fermé, rouvre demain à 8 h'],
    ['2026-11-28T11:00:00', 'Fermé, rouvre lundi à 8 h'], // Saturday noon
    ['2026-11-22T22:59:00', 'Fermé, rouvre demain à 8 h'], // Sunday 23:59
    ['2026-11-22T23:00:00', 'Fermé, rouvre à 8 h'], // Monday 0:00
  ]
  for (const [utc, text] of table) assert.equal(at(utc), text, utc)
})

test('minutes are told', () => {
  assert.equal(at('2026-11-23T09:00:00', 'Mo 08:45-17:30'), 'Ouvert, ferme à 17 h 30')
})

test('day and night', () => {
  assert.equal(at('2026-12-25T03:00:00', '24/7', 'Europe/Paris', ['2026-12-25']), 'Ouvert 24 h sur 24')
})

test('the night after an open evening is not a closing', () => {
  assert.equal(at('2026-11-23T22:00:00', NIGHT), 'Ouvert, ferme demain à 6 h') // Monday 23:00
  assert.equal(at('2026-11-24T02:00:00', NIGHT), 'Ouvert, ferme à 6 h') // Tuesday 3:00
  assert.equal(at('2026-11-23T22:00:00', 'Mo 20:00-24:00'), 'Ouvert, ferme à minuit')
})

test('the week that only opens once names next week', () => {
  assert.equal(at('2026-11-23T12:00:00', 'Mo 08:00-12:00'), 'Fermé, rouvre lundi prochain à 8 h')
})

test('days when clocks change keep the clock on the wall', () => {
  // 29 March 2026: 2:00 becomes 3:00. 25 October 2026: 3:00 becomes 2:00. Both are Sundays.
  const sunday = 'Su 08:00-18:00'
  assert.equal(at('2026-03-29T05:59:00', sunday), 'Fermé, rouvre à 8 h') // 7:59 in summer time
  assert.equal(at('2026-03-29T06:00:00', sunday), 'Ouvert, ferme à 18 h')
  assert.equal(at('2026-10-25T06:59:00', sunday), 'Fermé, rouvre à 8 h') // 7:59 in winter time
  assert.equal(at('2026-10-25T07:00:00', sunday), 'Ouvert, ferme à 18 h')
})

test('14 July: closed, or unknown when nobody said', () => {
  const holidays = ['2026-07-14'] // a Tuesday
  assert.equal(at('2026-07-14T08:00:00', OFF, 'Europe/Paris', holidays), 'Fermé, rouvre demain à 8 h')
  assert.equal(
    at('2026-07-14T08:00:00', WEEK, 'Europe/Paris', holidays),
    'Jour férié, horaires inconnus : appelez',
  )
  assert.equal(
    at('2026-07-13T17:00:00', WEEK, 'Europe/Paris', holidays),
    'Fermé, appelez pour savoir quand il rouvre',
  )
  const some = `${WEEK}; PH 09:00-12:00`
  assert.equal(at('2026-07-14T08:00:00', some, 'Europe/Paris', holidays), 'Ouvert, ferme à 12 h')
})

test('26 December is a holiday in Strasbourg, not in Paris nor in La Réunion', () => {
  const alsace = ['2026-12-25', '2026-12-26'] // a Saturday
  const elsewhere = ['2026-12-25']
  assert.equal(at('2026-12-26T08:00:00', OFF, 'Europe/Paris', alsace), 'Fermé, rouvre lundi à 8 h')
  assert.equal(at('2026-12-26T08:00:00', OFF, 'Europe/Paris', elsewhere), 'Ouvert, ferme à 12 h')
  assert.equal(at('2026-12-26T05:00:00', OFF, 'Indian/Reunion', elsewhere), 'Ouvert, ferme à 12 h')
})

test('each territory has its own clock', () => {
  const zones = {
    'Europe/Paris': ['2026-11-23', 0, 60],
    'America/Guadeloupe': ['2026-11-22', 6, 1200],
    'America/Martinique': ['2026-11-22', 6, 1200],
    'America/Cayenne': ['2026-11-22', 6, 1260],
    'America/Miquelon': ['2026-11-22', 6, 1260],
    'Indian/Reunion': ['2026-11-23', 0, 240],
    'Indian/Mayotte': ['2026-11-23', 0, 180],
    'Pacific/Noumea': ['2026-11-23', 0, 660],
    'Pacific/Tahiti': ['2026-11-22', 6, 840],
    'Pacific/Marquesas': ['2026-11-22', 6, 870],
    'Pacific/Gambier': ['2026-11-22', 6, 900],
    'Pacific/Wallis': ['2026-11-23', 0, 720],
  }
  for (const [zone, [date, weekday, minute]] of Object.entries(zones)) {
    assert.deepEqual(wallClock(new Date('2026-11-23T00:00:00Z'), zone), { date, weekday, minute }, zone)
  }
})

test('hours are read as the build writes them', () => {
  const { week, holidays } = parseHours('Mo-Tu,Th 08:00-12:00; Su 09:30-24:00; PH off')
  assert.deepEqual(week, [[[480, 720]], [[480, 720]], [], [[480, 720]], [], [], [[570, 1440]]])
  assert.deepEqual(holidays, [])
  assert.equal(parseHours(WEEK).holidays, null)
})

test('hours that are not for everything say what they are for', () => {
  assert.equal(labelFor('Ouvert, ferme à 18 h', 'pour les plaintes'), 'Ouvert pour les plaintes, ferme à 18 h')
  assert.equal(labelFor('Fermé, rouvre à 8 h', ''), 'Fermé, rouvre à 8 h')
  assert.equal(labelFor('Fermé, rouvre à 8 h', undefined), 'Fermé, rouvre à 8 h')
})
