import { FluentResource } from '@fluent/bundle'
import type { Plugin } from 'vite'

/** Reads the sentences at build time, so that the page carries no parser and starts without parsing. */
export function compileFtl(): Plugin {
  return {
    name: 'vitte-ftl',
    transform(source, id) {
      if (!id.endsWith('.ftl')) return null
      const { body } = new FluentResource(source)
      return { code: `export default ${JSON.stringify(body)}`, map: null, moduleType: 'js' }
    },
  }
}
