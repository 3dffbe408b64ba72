// What an enlarged page hides: texts cut by their box, and boxes of text one over another.
() => {
  const OF_TEXT = 'h1,h2,h3,p,li,dt,dd,label,legend,summary,th,td'
  const TO_TOUCH = 'a,button,input,select,textarea'
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest('.trap, .skip, .unseen, svg')
  const speaks = (element) =>
    element.matches(TO_TOUCH) ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const name = (element) => element.outerHTML.slice(0, 90)

  const boxes = [...document.querySelectorAll(`${OF_TEXT},${TO_TOUCH}`)]
    .filter((element) => shown(element) && speaks(element))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1 && box.right > 0)

  const cut = ({ element }) =>
    !element.matches('textarea,input,select') &&
    getComputedStyle(element).overflowX !== 'visible' &&
    element.scrollWidth > element.clientWidth + 1

  // Words of a line share its box, and the urgent bar floats over the page on purpose.
  const apart = ({ element }) =>
    getComputedStyle(element).display !== 'inline' && !element.closest('.urgent')
  const over = (one, other) => {
    if (one.element.contains(other.element) || other.element.contains(one.element)) return false
    const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
    const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
    return width > 2 && height > 6
  }

  const found = boxes.filter(cut).map(({ element }) => ['cut', name(element)])
  const solid = boxes.filter(apart)
  solid.forEach((one, index) => {
    for (const other of solid.slice(index + 1)) {
      if (over(one, other)) found.push(['over', name(one.element), name(other.element)])
    }
  })
  return found
}
