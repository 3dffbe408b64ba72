// Targets smaller than `size` CSS pixels, those inside a sentence excepted (WCAG 2.2, 2.5.8).
(size, which = 'a[href],button,input:not([type=hidden]),select,textarea,summary') => {
  const inSentence = (element) =>
    getComputedStyle(element).display === 'inline' &&
    [...element.parentElement.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data),
    )
  // A choice is touched anywhere on its line; a result too.
  const touched = (element) => element.closest('.choice, .results li') ?? element
  return [...document.querySelectorAll(which)]
    .filter((element) => element.checkVisibility() && !element.closest('.trap, .skip'))
    .filter((element) => !inSentence(element))
    .map((element) => [element, touched(element).getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < size || box.height < size))
    .map(([element, box]) => [element.outerHTML.slice(0, 90), box.width, box.height])
}
