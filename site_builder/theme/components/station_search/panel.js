/**
 * What the station search does once it is used: answers a question, shows stations.
 *
 * What is typed and where the reader stands stay in the page: only files of a whole
 * département or of a few letters are fetched.
 */
import { card, supportLine } from './cards.js'
import * as lookup from './lookup.js'

/**
 * @param {HTMLElement} root - element bearing data-component="station-search"
 * @returns {{search: (query: string) => Promise<void>, around: () => Promise<void>}}
 */
export function panel(root, data = lookup.fetcher()) {
  const find = (name) => {
    const part = root.querySelector(`[data-station-search-${name}]`)
    if (!part) throw new Error(`station-search: ${name} not found`)
    return part
  }
  const [status, towns, results] = ['status', 'towns', 'results'].map(find)
  const template = root.querySelector('template')
  let turn = 0 // an answer that comes after a newer question is dropped

  const say = (text) => (status.textContent = text)
  const clear = () => [towns, results].forEach((part) => part.replaceChildren())

  async function attempt(work) {
    const mine = (turn += 1)
    clear()
    say(root.dataset.textSearching)
    try {
      await work(() => mine === turn)
    } catch (error) {
      console.error(error)
      if (mine === turn) say(root.dataset.textFailed)
    }
  }

  const search = (query) =>
    attempt(async (isCurrent) => {
      const regions = await data('index')
      const departement = lookup.findDepartement(query, regions)
      const { exact, close, rows } = await lookup.findCommunes(query, data)
      if (!isCurrent()) return
      if (departement) showDepartement(departement)
      if (departement && !exact) return say('')
      if (!rows.length) return say(root.dataset.textNone)
      if (rows.length > 1 || close) showTowns(rows, regions, close)
      await showNear(rows[0], regions, isCurrent)
    })

  function showDepartement([slug, code, name]) {
    const link = document.createElement('a')
    link.href = `/stations/${slug}/`
    link.textContent = `${root.dataset.textWhole} ${name} (${code})`
    towns.append(link)
  }

  function showTowns(rows, regions, close) {
    const label = document.createElement('p')
    label.textContent = close ? root.dataset.textClose : root.dataset.textSeveral
    towns.append(label)
    for (const row of rows.slice(0, 12)) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'button plain'
      button.textContent = lookup.townLabel(row, regions)
      button.dataset.insee = row[1]
      button.addEventListener('click', () => {
        const mine = (turn += 1)
        showNear(row, regions, () => mine === turn).catch(() => say(root.dataset.textFailed))
      })
      towns.append(button)
    }
  }

  async function showNear(row, regions, isCurrent) {
    for (const button of towns.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset.insee === row[1]))
    }
    const commune = row.length > 3 ? row : await placed(row)
    const found = await lookup.stationsNear(commune, regions, data)
    if (!isCurrent()) return
    const sentence = root.dataset[textOf(commune, found)]
    await show(found, `${sentence} ${lookup.townLabel(commune, regions)}`, isCurrent, commune[0])
  }

  async function placed(row) {
    const rows = (await data(`cp/${row[1].slice(0, 2).toLowerCase()}`)) ?? []
    return rows.find((full) => full[1] === row[1]) ?? [...row, '', '']
  }

  async function show(found, sentence, isCurrent, town) {
    say(found.length ? sentence : root.dataset.textFailed)
    results.replaceChildren(...found.map((one) => card(template, one, root.dataset, town)))
    const office = await lookup.supportNear(found, data)
    if (office && isCurrent()) results.append(supportLine(office, root.dataset))
  }

  const around = () =>
    attempt(async (isCurrent) => {
      const point = await whereAmI().catch(() => null)
      if (!isCurrent()) return
      if (!point) return say(root.dataset.textDenied)
      const found = await lookup.stationsAround(point, await data('index'), data)
      if (isCurrent()) await show(found, root.dataset.textHere, isCurrent)
    })

  data('index').catch(() => {}) // asked for while the reader types; a failure is told later
  return { search, around }
}

/** Without a known place, stations are those of the commune or else of the same territory. */
function textOf(commune, found) {
  if (commune.length > 5) return 'textNear'
  return found.some((one) => one.station.c === commune[1]) ? 'textIn' : 'textElsewhere'
}

/** @returns {Promise<[number, number]>} longitude, latitude; it goes nowhere else */
function whereAmI() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve([coords.longitude, coords.latitude]),
      reject,
      { timeout: 15000, maximumAge: 60000 },
    )
  })
}
