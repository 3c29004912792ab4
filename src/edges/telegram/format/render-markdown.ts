import { type Node, readMarkdown } from './read-markdown.ts'
import { isBlank, type Rendered, renderPlain } from './rendered.ts'
import { writeBlocks } from './write-blocks.ts'
import { Writing } from './writing.ts'

/** All but line break and tab, which mean something in markdown; Telegram makes spaces of them. */
const CONTROLS = /[^\P{Cc}\n\t]|^\ufeff/gu

/**
 * What a reply in markdown looks like in Telegram. It stands as it is when it is too much to read, or when nothing
 * would be left to see. Cleaning changes no length, so that places hold for the source itself.
 */
export function renderMarkdown(source: string): Rendered {
  const clean = source.toWellFormed().replace(CONTROLS, ' ')
  const tree = readMarkdown(clean)
  if (!tree) return renderPlain(clean)
  const writing = new Writing()
  writeBlocks(tree.children, { source: clean, writing, links: linksOf(tree) })
  const rendered = writing.finish()
  return isBlank(rendered.text) ? renderPlain(clean) : rendered
}

/** Where `[text][name]` leads: the first definition of a name counts. */
function linksOf(tree: Node): Map<string, string> {
  const links = new Map<string, string>()
  let level: Node[] = [tree]
  while (level.length > 0) {
    for (const node of level) {
      if (node.type === 'definition' && !links.has(node.identifier)) links.set(node.identifier, node.url)
    }
    level = level.flatMap((node) => ('children' in node ? node.children : []))
  }
  return links
}
