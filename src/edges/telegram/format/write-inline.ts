import { type Page, rangeOf } from './page.ts'
import { placesOf, type Range, spreadOver } from './places-of.ts'
import type { Node } from './read-markdown.ts'
import { safeUrl } from './safe-url.ts'

/** Writes what stands in a paragraph. */
export function writeInline(nodes: readonly Node[], page: Page) {
  for (const node of nodes) writeNode(node, page)
}

function writeNode(node: Node, page: Page) {
  const { writing } = page
  if (node.type === 'text') writeText(node.value, placesOf(node.value, page.source, rangeOf(node), false), page)
  else if (node.type === 'break') writing.breakLine([rangeOf(node).start])
  else if (node.type === 'strong') writing.within({ type: 'bold' }, () => writeInline(node.children, page))
  else if (node.type === 'emphasis') writing.within({ type: 'italic' }, () => writeInline(node.children, page))
  else if (node.type === 'inlineCode') writeCode(node.value, rangeOf(node), page)
  else if (node.type === 'link') writeLink(node.url, node.children, page)
  else if (node.type === 'linkReference') writeLink(page.links.get(node.identifier) ?? '', node.children, page)
  else if (node.type === 'image' || node.type === 'imageReference') {
    const alt = node.alt ?? ''
    writeText(alt, spreadOver(alt, rangeOf(node)), page)
  }
}

/** Line by line, as a line of a list or after one begins further in. */
function writeText(text: string, places: readonly number[], { writing }: Page) {
  let start = 0
  for (const line of text.replaceAll('\t', ' ').split('\n')) {
    if (start > 0) writing.breakLine(places.slice(start - 1, start))
    writing.write(line, places.slice(start, start + line.length))
    start += line.length + 1
  }
}

function writeCode(value: string, { start, end }: Range, { source, writing }: Page) {
  const fence = source.slice(start, end).match(/^`*/)?.[0].length ?? 0
  const places = placesOf(value, source, { start: start + fence, end: end - fence }, true)
  writing.within({ type: 'code' }, () => writing.write(value.replace(/[\t\n]/g, ' '), places))
}

/** A link whose address must not be followed is its text alone; so is one that shows its address, which Telegram finds. */
function writeLink(address: string, nodes: readonly Node[], page: Page) {
  const url = safeUrl(address)
  const only = nodes.length === 1 ? nodes[0] : undefined
  const showsItself = only?.type === 'text' && only.value === address
  if (url === null || showsItself) writeInline(nodes, page)
  else page.writing.within({ type: 'text_link', url }, () => writeInline(nodes, page))
}
