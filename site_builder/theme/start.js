/** Mounts each component found in the page; one that fails never stops the others. */

/** @param {string} name - kebab-case name of a component */
const load = (name) => {
  const file = name.replaceAll('-', '_')
  return import(`./components/${file}/${file}.js`)
}

/**
 * @param {ParentNode} scope
 * @param {(name: string) => Promise<{mount: (root: HTMLElement) => void}>} loader
 */
export async function start(scope, loader = load) {
  const roots = [...scope.querySelectorAll('[data-component]')]
  await Promise.all(
    roots.map(async (root) => {
      try {
        const component = await loader(root.dataset.component)
        component.mount(root)
        root.dataset.mounted = ''
      } catch (error) {
        console.error(error)
      }
    }),
  )
}

if (typeof document !== 'undefined') start(document)
