import { type Of, type Page, rangeOf } from './page.ts'
import { placesOf } from './places-of.ts'
import type { Node } from './read-markdown.ts'
import type { Style } from './rendered.ts'
import { writeInline } from './write-inline.ts'

const BULLET = '• '
const LINE = '———'
const NUMBER = /^\d+([.)])/
const FENCE_LINE = /^(?:`{3,}|~{3,}).*\n/
/** What highlighters call languages; anything else would be text that nobody sees. */
const LANGUAGE = /^[\w#+.-]{1,32}$/

/** Writes paragraphs and whatever else stands below each other. */
export function writeBlocks(nodes: readonly Node[], page: Page) {
  writeApart(nodes, page, (node) => writeBlock(node, page))
}

/** As far apart as in the source, a line at least. */
function writeApart<Each extends Node>(nodes: readonly Each[], page: Page, write: (node: Each, index: number) => void) {
  for (const [index, node] of nodes.entries()) {
    const before = nodes[index - 1]
    if (before) page.writing.breakLine(lineBreaks(page.source, rangeOf(before).end, rangeOf(node).start))
    write(node, index)
  }
}

function writeBlock(node: Node, page: Page) {
  const { writing } = page
  if (node.type === 'paragraph') writeParagraph(node, page)
  else if (node.type === 'heading') writing.within({ type: 'bold' }, () => writeParagraph(node, page))
  else if (node.type === 'blockquote') writing.within({ type: 'blockquote' }, () => writeBlocks(node.children, page))
  else if (node.type === 'list') writeList(node, page)
  else if (node.type === 'code') writeCode(node, page)
  else if (node.type === 'thematicBreak') writeLine(node, page)
}

function writeParagraph(node: Of<'paragraph' | 'heading'>, page: Page) {
  page.writing.paragraphAt(rangeOf(node).start)
  writeInline(node.children, page)
}

function writeList({ children, ordered, start }: Of<'list'>, page: Page) {
  writeApart(children, page, (item, index) => {
    const number = page.source.slice(rangeOf(item).start).match(NUMBER)
    const marker = ordered ? `${(start ?? 1) + index}${number?.[1]} ` : BULLET
    page.writing.item(marker, () => writeBlocks(item.children, page))
  })
}

function writeCode(node: Of<'code'>, { source, writing }: Page) {
  const { start, end } = rangeOf(node)
  const fence = source.slice(start, end).match(FENCE_LINE)?.[0].length ?? 0
  const places = placesOf(node.value, source, { start: start + fence, end }, true)
  writing.paragraphAt(null)
  writing.within(preformatted(node.lang), () => writing.write(node.value.replaceAll('\t', ' '), places))
}

function preformatted(language: string | null | undefined): Style {
  return language && LANGUAGE.test(language) ? { type: 'pre', language } : { type: 'pre' }
}

function writeLine(node: Node, { writing }: Page) {
  writing.paragraphAt(null)
  writing.write(LINE, Array(LINE.length).fill(rangeOf(node).start))
}

/** Where the line breaks of a stretch of the source are. */
function lineBreaks(source: string, start: number, end: number): number[] {
  const breaks: number[] = []
  for (let at = source.indexOf('\n', start); at >= 0 && at < end; at = source.indexOf('\n', at + 1)) breaks.push(at)
  return breaks.length > 0 ? breaks : [start]
}
