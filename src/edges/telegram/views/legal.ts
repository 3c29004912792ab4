import type { LegalDocument } from '#contract/words'
import { label, type ShowView, say, viewOf } from './view.ts'

/** What is agreed to, in short, and where all of it stands. */
export function textInShort(document: LegalDocument): ShowView {
  return async (deps, at) => viewOf(deps, at, [say(deps, at, document, { url: `${deps.siteUrl}/${document}` })])
}

/** There is a new version; nothing stops until it is agreed to. */
export const showTextsChanged: ShowView = async (deps, at) => {
  const { terms, privacy } = deps.legalVersions
  return viewOf(
    deps,
    at,
    [say(deps, at, 'texts-changed', { terms: `${deps.siteUrl}/terms`, privacy: `${deps.siteUrl}/privacy` })],
    [[{ text: label(deps, at, 'agree'), verb: 'agree', argument: `${terms} ${privacy}` }]],
  )
}

export const showAgreed: ShowView = async (deps, at) => viewOf(deps, at, [say(deps, at, 'texts-agreed')])
