import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSearch, find, fold, words } from '../../site_builder/theme/components/guide_search/engine.js'

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
