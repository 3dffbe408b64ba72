import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSearch, find, fold, nearWords, parts, words } from '../../site_builder/theme/components/guide_search/engine.js'

const INDEX = {
  rows: [
    ['/guides/vols/vol-velo/', 'On m’a volé mon vélo', 'Vols', 'Déclarez le vol.', 'Votre vélo a disparu.', 'velo volé ; trottinette'],
    ['/guides/vols/vol-telephone/', 'On m’a volé mon téléphone', 'Vols', 'Bloquez la ligne.', 'Votre téléphone a disparu.', 'portable volé'],
    ['/guides/menaces/racket/', 'On me rackette', 'Menaces', 'Parlez-en.', 'On vous force à donner.', 'racket ; rackette'],
  ],
}
const urls = (query) => find(buildSearch(INDEX), query).map((found) => found.url)

test('accents, plurals and endings fold to the same word', () => {
  assert.equal(fold('vélos'), fold('velo'))
  assert.equal(fold('volée'), fold('volés'))
  assert.equal(fold('téléphones'), fold('telephone'))
})

test('an elided article is not part of the word', () => {
  assert.deepEqual(words('On m’a volé l’auto'), ['On', 'm', 'a', 'volé', 'l', 'auto'])
})

test('words that say nothing are left out', () => {
  assert.equal(fold('mon'), null)
  assert.equal(fold('à'), null)
})

test('a typing mistake still finds the guide', () => {
  assert.equal(urls('trotinette')[0], '/guides/vols/vol-velo/')
  assert.equal(urls('telefone')[0], '/guides/vols/vol-telephone/')
})

test('emoji, markup and very long text find nothing and break nothing', () => {
  assert.deepEqual(urls('😱😱'), [])
  assert.deepEqual(urls('<img src=x onerror=alert(1)>'), [])
  assert.deepEqual(urls('zzzz'.repeat(2500)), [])
})

test('the words that were met are marked, whatever their accents and their number', () => {
  const [found] = find(buildSearch(INDEX), 'velos voles')

  assert.deepEqual(parts(found.title, found.terms), [
    { text: 'On m’a ', met: false },
    { text: 'volé', met: true },
    { text: ' mon ', met: false },
    { text: 'vélo', met: true },
  ])
})

test('parts give the text back, with nothing marked when nothing was met', () => {
  const text = '<b>Vélo</b> 😱, et cetera…'

  assert.equal(parts(text, ['velo']).map((part) => part.text).join(''), text)
  assert.deepEqual(parts(text, []), [{ text, met: false }])
})

test('a query that finds nothing is given the words that look like its own', () => {
  assert.deepEqual(urls('trautinaitte'), [])
  assert.deepEqual(nearWords(INDEX, 'trautinaitte'), ['trottinette'])
  assert.deepEqual(nearWords(INDEX, '😱😱'), [])
})
