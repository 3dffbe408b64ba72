/** Printing needs a script: without one there is no button, and the browser's menu prints. */

/** @param {HTMLElement} root - carries the label, in data-text-print */
export function mount(root) {
  const label = root.dataset.textPrint
  if (!label) throw new Error('print-button needs data-text-print')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button plain'
  button.textContent = label
  button.addEventListener('click', () => print())
  root.append(button)
}
