/**
 * « Ouvert, ferme à 18 h » in the station's own time zone, from its hours of the week.
 *
 * Without this module the page shows the week. The hours are those that
 * site_builder/stations/hours.py writes: `Mo-Fr 08:00-12:00,14:00-18:00; PH off` or `24/7`.
 */

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const NAMES = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']
const SHORT = { Mon: 0, Tue: 1, Wed: 2, Thu: 3, Fri: 4, Sat: 5, Sun: 6 }
const DAY_MIN = 1440

/**
 * @param {string} text
 * @returns {{week: number[][][], holidays: number[][] | null}} spans in minutes since midnight
 */
export function parseHours(text) {
  if (text === '24/7') return { week: DAYS.map(() => [[0, DAY_MIN]]), holidays: [[0, DAY_MIN]] }
  const hours = { week: DAYS.map(() => []), holidays: null }
  for (const rule of text.split('; ')) {
    const [days, times] = rule.split(' ')
    const spans = times === 'off' ? [] : times.split(',').map((span) => span.split('-').map(minutes))
    for (const part of days.split(',')) {
      if (part === 'PH') hours.holidays = spans
      else for (const day of dayRange(part)) hours.week[day] = spans
    }
  }
  return hours
}

function minutes(clock) {
  const [hour, minute] = clock.split(':').map(Number)
  return hour * 60 + minute
}

function dayRange(part) {
  const [first, last = first] = part.split('-').map((day) => DAYS.indexOf(day))
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/**
 * The wall clock of a place.
 *
 * @param {Date} now @param {string} zone - IANA name
 * @returns {{date: string, weekday: number, minute: number}} weekday 0 is Monday
 */
export function wallClock(now, zone) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    weekday: SHORT[part.weekday],
    minute: Number(part.hour) * 60 + Number(part.minute),
  }
}

/** @param {string} date @param {number} days @returns {string} ISO date some days later */
function later(date, days) {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** Spans of a day; null on a public holiday about which nobody said anything. */
function spansOf(hours, date, weekday, holidays) {
  return holidays.includes(date) ? hours.holidays : hours.week[weekday]
}

/**
 * What the reader needs now.
 *
 * @param {string} text @param {string} zone @param {string[]} holidays - ISO dates @param {Date} now
 * @returns {{isOpen: boolean, text: string}}
 */
export function openingLabel(text, zone, holidays, now) {
  const hours = parseHours(text)
  const { date, weekday, minute } = wallClock(now, zone)
  if (text === '24/7') return { isOpen: true, text: 'Ouvert 24 h sur 24' }
  const today = spansOf(hours, date, weekday, holidays)
  if (today === null) return { isOpen: false, text: 'Jour férié, horaires inconnus : appelez' }
  const open = today.find(([start, end]) => start <= minute && minute < end)
  if (open) return { isOpen: true, text: openText(open, hours, date, weekday, holidays) }
  const next = today.find(([start]) => start > minute)
  if (next) return { isOpen: false, text: `Fermé, rouvre à ${clock(next[0])}` }
  return { isOpen: false, text: nextText(hours, date, weekday, holidays) }
}

/** A span that goes on after midnight is not closed at midnight. */
function openText([, end], hours, date, weekday, holidays) {
  if (end < DAY_MIN) return `Ouvert, ferme à ${clock(end)}`
  const tomorrow = spansOf(hours, later(date, 1), (weekday + 1) % 7, holidays)
  const goesOn = tomorrow?.find(([start]) => start === 0)
  if (!goesOn) return 'Ouvert, ferme à minuit'
  return goesOn[1] === DAY_MIN ? 'Ouvert' : `Ouvert, ferme demain à ${clock(goesOn[1])}`
}

function nextText(hours, date, weekday, holidays) {
  for (let days = 1; days <= 7; days += 1) {
    const day = (weekday + days) % 7
    const spans = spansOf(hours, later(date, days), day, holidays)
    if (spans === null) return 'Fermé, appelez pour savoir quand il rouvre'
    if (spans.length) {
      const name = days === 1 ? 'demain' : days === 7 ? `${NAMES[day]} prochain` : NAMES[day]
      return `Fermé, rouvre ${name} à ${clock(spans[0][0])}`
    }
  }
  return 'Fermé'
}

function clock(minutesOfDay) {
  const [hour, minute] = [Math.floor(minutesOfDay / 60), minutesOfDay % 60]
  return minute ? `${hour} h ${String(minute).padStart(2, '0')}` : `${hour} h`
}

/** « Ouvert pour les plaintes, ferme à 18 h » when the hours are not for everything. */
export function labelFor(text, what) {
  return what ? text.replace(/^(Ouvert|Fermé)/, `$1 ${what}`) : text
}

/** @param {HTMLElement} root - element bearing data-component="station-open" */
export function mount(root) {
  const { hours, zone, holidays = '', textOld = '' } = root.dataset
  const what = root.dataset.for ?? ''
  if (!hours || !zone) throw new Error('station-open: data-hours or data-zone not found')
  const update = () => {
    const label = openingLabel(hours, zone, holidays.split(' '), new Date())
    root.textContent = labelFor(label.text, what) + textOld
    root.className = `pill ${label.isOpen ? 'open' : 'shut'}`
    root.hidden = false
  }
  update()
  window.addEventListener('pageshow', update)
  setInterval(update, 60000)
}
