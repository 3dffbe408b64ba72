/** Draws one station of the results from the template of the page. */
import { labelFor, openingLabel } from '../station_open/station_open.js'
import { showDistance } from './nearest.js'

const MONTHS =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')

/** One result; text only goes through textContent. */
export function card(template, { station, metres, isCompetent }, texts, town) {
  const node = template.content.firstElementChild.cloneNode(true)
  const part = (name) => node.querySelector(`[data-part="${name}"]`)
  node.dataset.stationId = station.i
  if (metres !== undefined) node.dataset.distanceM = String(Math.round(metres))
  part('name').textContent = station.n
  part('name').href = `/stations/${station.slug}/${station.s}/`
  part('address').textContent = [station.a, station.t].filter(Boolean).join(', ')
  part('competent').textContent = isCompetent ? texts.textCompetent.replace('{commune}', town) : ''
  part('distance').textContent = metres === undefined ? '' : `${showDistance(metres)} `
  if (station.u && metres !== undefined) part('distance').append(`(${texts.textApproximate}) `)
  for (const [number, shown] of station.f ?? []) part('phones').append(' · ', phoneLink(number, shown))
  links(part, station)
  part('access').textContent = station.w ? ` · ${station.w}` : ''
  const old = isOld(station.d) ? texts.textOld.replace('{mois}', monthName(station.d)) : ''
  part('date').textContent = old && ` · ${old}`
  if (station.h) showOpening(part('open'), station, texts)
  return node
}

/** The victim-support office near the results. */
export function supportLine({ n, f, d }, texts) {
  const line = document.createElement('p')
  line.dataset.support = ''
  const [number, shown] = f
  line.append(`${texts.textSupport} ${n} · `, phoneLink(number, shown))
  if (isOld(d)) line.append(` · ${texts.textOld.replace('{mois}', monthName(d))}`)
  return line
}

function phoneLink(number, shown) {
  const link = document.createElement('a')
  link.href = `tel:${number}`
  link.textContent = shown
  return link
}

function links(part, { p, u, n, a, t }) {
  const [geo, way] = [part('geo'), part('way')]
  if (p && !u) {
    const [longitude, latitude] = p
    geo.href = `geo:${latitude},${longitude}?q=${encodeURIComponent(`${latitude},${longitude}(${n})`)}`
    way.href = `https://www.openstreetmap.org/directions?to=${latitude},${longitude}`
    return
  }
  geo.nextSibling?.remove() // its separator
  geo.remove()
  const address = [a, t].filter(Boolean).join(', ')
  way.href = `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`
}

function showOpening(pill, station, texts) {
  const label = openingLabel(station.h, station.z, station.holidays, new Date())
  const month = station.o ?? station.d
  const since = isOld(month) ? texts.textOldHours.replace('{mois}', monthName(month)) : ''
  pill.textContent = labelFor(label.text, station.hf) + since
  pill.classList.add(label.isOpen ? 'open' : 'shut')
  pill.hidden = false
}

/** @param {string} month - 2022-01 @returns {string} janvier 2022 */
function monthName(month) {
  const [year, number] = month.split('-').map(Number)
  return `${MONTHS[number - 1]} ${year}`
}

/** @param {string} month - 2022-01 */
function isOld(month, now = new Date()) {
  const [year, number] = month.split('-').map(Number)
  return (now.getFullYear() - year) * 12 + now.getMonth() + 1 - number > 12
}
