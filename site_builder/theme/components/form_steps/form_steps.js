/**
 * A long form one section at a time. Without a script, or on a page drawn again by the
 * server (errors, « Modifier »), the whole form is there at once.
 */

/** @param {HTMLFormElement} root */
export function mount(root) {
  const sections = [...root.querySelectorAll('[data-form-steps-section]')]
  const send = root.querySelector('[data-form-steps-send]')
  if (!sections.length) throw new Error('form-steps needs sections')
  if (!send || !isFirstVisit(location.pathname)) return
  const steps = new Steps(sections, send, root.dataset)
  root.addEventListener('submit', (event) => {
    const action = event.submitter?.value ?? 'verifier'
    if (steps.isLast || action !== 'verifier') return // « Ajouter » is for the server
    event.preventDefault() // Enter in a field goes on, it does not send half a form
    steps.go(steps.at + 1)
  })
  steps.show()
}

/**
 * The static page, and not an answer of the functions.
 * @param {string} pathname
 */
export const isFirstVisit = (pathname) => pathname.startsWith('/declarer/')

/**
 * @param {string} text - « Partie {step} sur {count} »
 * @param {number} step - from 1
 * @param {number} count
 */
export const progress = (text, step, count) =>
  text.replace('{step}', String(step)).replace('{count}', String(count))

class Steps {
  at = 0

  constructor(sections, send, texts) {
    this.sections = sections
    this.send = send
    this.text = texts.textStep
    sections.forEach((section, index) => this.#furnish(section, index, texts))
  }

  get isLast() {
    return this.at === this.sections.length - 1
  }

  show() {
    this.sections.forEach((section, index) => (section.hidden = index !== this.at))
    this.send.hidden = !this.isLast
  }

  go(to) {
    this.at = Math.max(0, Math.min(to, this.sections.length - 1))
    this.show()
    const heading = this.sections[this.at].querySelector('h2')
    heading.scrollIntoView({ block: 'center' })
    heading.focus({ preventScroll: true })
  }

  /** A progress line above the heading, buttons under the questions. */
  #furnish(section, index, texts) {
    const heading = section.querySelector('h2')
    heading.tabIndex = -1
    const line = document.createElement('p')
    line.className = 'small'
    line.textContent = progress(this.text, index + 1, this.sections.length)
    heading.before(line)
    const buttons = document.createElement('p')
    buttons.className = 'actions no-print'
    if (index < this.sections.length - 1) {
      buttons.append(this.#button('button', texts.textNext, index + 1), ' ')
    }
    if (index > 0) buttons.append(this.#button('button plain', texts.textBack, index - 1))
    section.append(buttons)
  }

  #button(style, label, to) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = style
    button.textContent = label
    button.addEventListener('click', () => this.go(to))
    return button
  }
}
