/**
 * « Effacer mes traces »: the post makes the browser erase; this module erases at once what a
 * browser that does not know Clear-Site-Data would leave.
 */
import { forget } from '../../forget.js'

/** @param {HTMLFormElement} root */
export function mount(root) {
  root.addEventListener('submit', () => {
    forget().catch((error) => console.error(error)) // the post goes on in any case
  })
}
