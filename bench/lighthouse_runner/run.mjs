/**
 * Runs Lighthouse on the pages of a portal and prints what it found, as JSON.
 *
 *   node run.mjs CHROMIUM PORTAL < pages.json
 *
 * `pages.json`: {label: path | {from: path, post?: {action, fields}, then?: selector, refused?}}. What answers
 * a POST is reached as a person reaches it: a form is sent from a page of the portal, `then` a
 * button of the answer is pressed.
 */

import { navigation, snapshot } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']

const [chromium, portal] = process.argv.slice(2)
let input = ''
for await (const chunk of process.stdin) input += chunk

const browser = await puppeteer.launch({ executablePath: chromium, args: FLAGS })
const page = await browser.newPage()
const found = []
for (const [label, wanted] of Object.entries(JSON.parse(input))) {
  try {
    const { lhr } = await audit(await requestor(wanted), wanted.refused)
    found.push({ label, ...read(lhr) })
  } catch (error) {
    found.push({ label, error: String(error) })
  }
}
await browser.close()
console.log(JSON.stringify(found))

/** Lighthouse does not time an answer that says 404 or 422: such a page is looked at as it stands. */
async function audit(request, isRefused) {
  const options = { flags: { onlyCategories: CATEGORIES } }
  if (!isRefused) return navigation(page, request, options)
  if (typeof request === 'string') await page.goto(request)
  else await Promise.all([page.waitForNavigation(), request()])
  return snapshot(page, options)
}

async function requestor(wanted) {
  if (typeof wanted === 'string') return portal + wanted
  if (!wanted.post) return portal + wanted.from
  await page.goto(portal + wanted.from)
  const post = () => page.evaluate(send, wanted.post)
  if (!wanted.then) return post
  await Promise.all([page.waitForNavigation(), post()])
  await page.waitForSelector(wanted.then, { timeout: 5_000 })
  return () => page.click(wanted.then)
}

/** In the page: a form like its own, sent as its button sends it. */
function send({ action, fields }) {
  const form = Object.assign(document.createElement('form'), { method: 'post', action })
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  document.body.append(form)
  form.submit()
}

function read(lhr) {
  const wrong = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 0.9)
  const weighed = new Set(
    Object.values(lhr.categories).flatMap((category) => category.auditRefs.filter((ref) => ref.weight > 0).map((ref) => ref.id)),
  )
  return {
    error: lhr.runtimeError?.message ?? '',
    // A page looked at as it stands has no speed.
    scores: CATEGORIES.map((name) => (name === 'performance' && lhr.gatherMode === 'snapshot' ? null : percent(lhr.categories[name]?.score))),
    lcp_ms: Math.round(lhr.audits['largest-contentful-paint']?.numericValue ?? 0),
    bytes: lhr.audits['total-byte-weight']?.numericValue ?? 0,
    wrong: wrong.filter((audit) => weighed.has(audit.id)).map((audit) => audit.id),
  }
}

function percent(score) {
  return typeof score === 'number' ? Math.round(score * 100) : null
}
