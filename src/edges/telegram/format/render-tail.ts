import type { Formatted } from '../views/formatted.ts'
import { formattedSlice } from './render-part.ts'
import { renderUnfinished } from './render-unfinished.ts'
import { cutsOf } from './split-reply.ts'

/**
 * What a growing draft shows of a reply in markdown that is not finished: the part of at most `maxLength` UTF-16 units
 * that is being written. Empty as long as there is nothing to see.
 */
export function renderTail(source: string, maxLength: number): Formatted {
  const rendered = renderUnfinished(source)
  return formattedSlice(rendered, cutsOf(rendered, maxLength).at(-1) ?? 0, rendered.text.length)
}
