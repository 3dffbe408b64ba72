// What the Tab key should reach, in the order of the page, and what it has reached.
(() => {
  const FOCUSABLE = 'a[href],button,input,select,textarea,summary,[tabindex="0"]'
  const shown = (element) =>
    element.checkVisibility() && element.type !== 'hidden' && element.tabIndex >= 0
  const all = () => [...document.querySelectorAll(FOCUSABLE)]
  // A group of radio buttons is one stop: its first button, until one is chosen.
  const stops = (element, index, list) =>
    element.type !== 'radio' || list.find((other) => other.name === element.name) === element

  return {
    expected() {
      const everything = all()
      return everything.filter(shown).filter(stops).map((element) => everything.indexOf(element))
    },
    now() {
      const at = document.activeElement
      if (!at || at === document.body) return null
      const box = at.getBoundingClientRect()
      const style = getComputedStyle(at)
      const points = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.2, 0.5, 0.8].map((y) => [box.left + box.width * x, box.top + box.height * y]),
      )
      const seen = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y)
        return top && (at.contains(top) || top.contains(at) || at.labels?.[0]?.contains(top))
      })
      return {
        index: all().indexOf(at),
        name: at.outerHTML.slice(0, 90),
        hidden: !seen,
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      }
    },
  }
})()
