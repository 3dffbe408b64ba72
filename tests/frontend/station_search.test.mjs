import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  communeKey,
  departementOf,
  fold,
  match,
  rank,
  slips,
} from '../../site_builder/theme/components/station_search/communes.js'
import {
  distance,
  distanceToBox,
  nearestAround,
  showDistance,
} from '../../site_builder/theme/components/station_search/nearest.js'
import {
  fetcher,
  findCommunes,
  findDepartement,
  stationsNear,
  townLabel,
} from '../../site_builder/theme/components/station_search/lookup.js'

const REGIONS = [
  ['33', '33', 'Gironde', -1.2, 44.2, 0.3, 45.5],
  ['93', '93', 'Seine-Saint-Denis', 2.3, 48.8, 2.6, 49],
  ['974', '974', 'La Réunion', 55.2, -21.4, 55.8, -20.9],
  ['988', '988', 'Nouvelle-Calédonie'],
]

test('folding agrees with the one of the build', () => {
  // the same examples as in tests/site_builder/stations/test_station_names.py
  assert.equal(fold('L’Haÿ-les-Roses'), 'l hay les roses')
  assert.equal(fold('Évry-Courcouronnes'), 'evry courcouronnes')
  assert.equal(fold('Œuilly'), 'oeuilly')
  assert.equal(fold('  SAINT  Étienne '), 'saint etienne')
  assert.equal(fold('Mœurs-Verdey'), 'moeurs verdey')
  for (const [name, key] of [
    ['Saint-Denis', 'denis'],
    ['Sainte-Marie', 'marie'],
    ['Le Havre', 'havre'],
    ['L’Île-d’Yeu', 'iledyeu'],
    ['Les', 'les'],
    ['Saint-Lô', 'lo'],
  ]) {
    assert.equal(communeKey(name), key)
  }
})

test('a name is found as people write it', () => {
  assert.equal(rank('bordeaux', 'Bordeaux'), 0)
  assert.equal(rank('st denis', 'Saint-Denis'), 0)
  assert.equal(rank('SAINT-ETIENNE', 'Saint-Étienne'), 0)
  assert.equal(rank('havre', 'Le Havre'), 1)
  assert.equal(rank('paris 11', 'Paris 11e Arrondissement'), 2)
  assert.equal(rank('Paris 11eme', 'Paris 11e Arrondissement'), 2)
  assert.equal(rank('Paris 11e', 'Paris 11e Arrondissement'), 2)
  assert.equal(rank('paris 1', 'Paris 11e Arrondissement'), -1)
  assert.equal(rank('Brodeaux', 'Bordeaux'), 3)
  assert.equal(rank('Bordaux', 'Bordeaux'), 3)
  assert.equal(rank('Grenobel', 'Grenoble'), 3)
  assert.equal(rank('Bordeaux', 'Grenoble'), -1)
  assert.equal(rank('Eu', 'Au'), -1)
})

test('slips stop being counted above the limit', () => {
  assert.equal(slips('bordeaux', 'bordeaux', 2), 0)
  assert.equal(slips('brodeaux', 'bordeaux', 2), 1)
  assert.equal(slips('abc', 'xyz', 2), 3)
  assert.equal(slips('a', 'abcd', 2), 3)
})

test('only the best answers are kept, the most populous first', () => {
  const rows = [
    ['Saint-Denis', '11339', 5],
    ['Saint-Denis', '93066', 10],
    ['Saint-Denis-d’Oléron', '17323', 6],
    ['Denis', '00001', 3],
  ]
  const found = match('saint denis', rows)
  assert.equal(found.rank, 0)
  assert.deepEqual(
    found.rows.map((row) => row[1]),
    ['93066', '11339', '00001'],
  )
  assert.deepEqual(match('xyz', rows), { rank: -1, rows: [] })
})

test('a code tells its département', () => {
  assert.deepEqual(['33063', '2A004', '97411', '98818'].map(departementOf), ['33', '2a', '974', '988'])
})

test('distances agree with those of the build', () => {
  const metres = distance([2.3522, 48.8566], [5.3698, 43.2965])
  assert.ok(Math.abs(metres - 660500) < 700, String(metres))
  assert.equal(showDistance(20), 'à\u00a050\u00a0m')
  assert.equal(showDistance(851), 'à\u00a0850\u00a0m')
  assert.equal(showDistance(949), 'à\u00a0950\u00a0m')
  assert.equal(showDistance(1234), 'à\u00a01,2\u00a0km')
  assert.equal(showDistance(12345), 'à\u00a012\u00a0km')
})

test('a box is never further than what it holds', () => {
  const box = [2, 48, 3, 49]
  assert.equal(distanceToBox([2.5, 48.5], box), 0)
  for (const point of [[0, 47], [2.5, 51], [9, 48.2], [4, 40]]) {
    for (const corner of [[2, 48], [3, 48], [2, 49], [3, 49], [2.5, 48], [3, 48.4]]) {
      assert.ok(distanceToBox(point, box) <= distance(point, corner))
    }
  }
})

test('départements are loaded only while one may hold a nearer station', async () => {
  const loaded = []
  const stations = { 33: [{ i: 'b', p: [-0.57, 44.84] }, { i: 'a', p: [-0.6, 44.9] }], 93: [{ i: 'c', p: [2.35, 48.93] }] }
  const load = async (slug) => {
    loaded.push(slug)
    return stations[slug] ?? []
  }
  const found = await nearestAround([-0.58, 44.84], REGIONS, load, 2)

  assert.deepEqual(found.map((one) => one.station.i), ['b', 'a'])
  assert.ok(!loaded.includes('974'))
})

test('the nearest of many départements are those of a plain scan', async () => {
  let seed = 7
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  const regions = []
  const stations = {}
  for (let n = 0; n < 60; n += 1) {
    const [x, y] = [random() * 12 - 4, random() * 9 + 42]
    const found = Array.from({ length: 20 }, (_, k) => ({ i: `${n}-${k}`, p: [x + random() * 1.5, y + random()] }))
    const [xs, ys] = [found.map((s) => s.p[0]), found.map((s) => s.p[1])]
    stations[n] = found
    regions.push([String(n), '', '', Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)])
  }
  const all = Object.values(stations).flat()
  for (let n = 0; n < 300; n += 1) {
    const point = [random() * 12 - 4, random() * 9 + 42]
    const found = await nearestAround(point, regions, async (slug) => stations[slug])
    const scan = all.map((s) => distance(point, s.p)).sort((a, b) => a - b).slice(0, 5)
    assert.deepEqual(found.map((one) => one.metres), scan)
  }
})

const FILES = {
  'cp/33': [['Bordeaux', '33063', 11, '33000 33100', '', -0.58, 44.84]],
  'cp/75': [
    ['Paris', '75056', 13, '75001 75011', '', 2.35, 48.86],
    ['Paris 11e Arrondissement', '75111', 10, '75011', '', 2.38, 48.86],
  ],
  'cp/01': [['Baneins', '01028', 6, '01990', '33/a', 4.9, 46.1], ['Relevant', '01319', 5, '01990', '', 4.95, 46.08]],
  'debut/bo': [['Bordeaux', '33063', 11]],
  'bouts/bx': [['Bordeaux', '33063', 11]],
  33: { z: 'Europe/Paris', f: [], r: [{ i: 'a', s: 'a', p: [-0.57, 44.84], d: '2022-01' }] },
  988: { z: 'Pacific/Noumea', f: [], r: [{ i: 'n', s: 'n', c: '98818', d: '2022-01' }, { i: 'o', s: 'o', c: '98801', d: '2022-01' }] },
}
const data = async (name) => FILES[name] ?? null

test('a postcode, an INSEE code and a misspelt name all find the commune', async () => {
  const names = async (query) => (await findCommunes(query, data)).rows.map((row) => row[0])
  assert.deepEqual(await names('33000'), ['Bordeaux'])
  assert.deepEqual(await names(' 33 100 '), ['Bordeaux'])
  assert.deepEqual(await names('33063'), ['Bordeaux'])
  assert.deepEqual(await names('75011'), ['Paris 11e Arrondissement'])
  assert.deepEqual(await names('01990'), ['Baneins', 'Relevant'])
  assert.deepEqual(await names('Bordeaux'), ['Bordeaux'])
  assert.deepEqual(await names('Brodeaux'), ['Bordeaux'])
  assert.deepEqual(await names('99999'), [])
  assert.deepEqual(await names('zzz'), [])
  assert.deepEqual(await names('!!'), [])
  assert.equal((await findCommunes('Brodeaux', data)).close, true)
  assert.equal((await findCommunes('bordeaux', data)).close, false)
})

test('a département is found by its code or its name', () => {
  assert.equal(findDepartement('gironde', REGIONS)[0], '33')
  assert.equal(findDepartement('974', REGIONS)[0], '974')
  assert.equal(findDepartement('Bordeaux', REGIONS), undefined)
})

test('a commune whose position is unknown shows its own stations, without distance', async () => {
  const found = await stationsNear(['Nouméa', '98818', 10, '98800', ''], REGIONS, data)
  assert.deepEqual(found.map((one) => [one.station.i, one.metres]), [['n', undefined]])
})

test('the competent station comes first, wherever it stands', async () => {
  const commune = FILES['cp/01'][0]
  const [first] = await stationsNear(commune, REGIONS, data)
  assert.equal(first.station.i, 'a')
  assert.equal(first.isCompetent, true)
  assert.equal(Math.round(first.metres), Math.round(distance([4.9, 46.1], [-0.57, 44.84])))
})

test('namesakes are told apart', () => {
  assert.equal(townLabel(['Saint-Denis', '93066', 10], REGIONS), 'Saint-Denis (Seine-Saint-Denis, 93)')
  assert.equal(townLabel(['Saint-Denis', '97411', 10, '97400'], REGIONS), 'Saint-Denis (La Réunion, 97400)')
})

test('a file is asked for once, and again after a failure', async () => {
  const asked = []
  let fails = true
  const get = async (url) => {
    asked.push(url)
    if (fails) throw new Error('no network')
    return { ok: true, status: 200, json: async () => [1] }
  }
  const load = fetcher(get)
  await assert.rejects(load('index'), /no network/)
  fails = false
  assert.deepEqual(await load('index'), [1])
  assert.deepEqual(await load('index'), [1])
  assert.deepEqual(asked, ['/stations/donnees/index.json', '/stations/donnees/index.json'])
})

test('a shard that does not exist is no failure, an error of the server is one', async () => {
  assert.equal(await fetcher(async () => ({ ok: false, status: 404 }))('debut/zz'), null)
  await assert.rejects(fetcher(async () => ({ ok: false, status: 500 }))('index'), /500/)
})
