import { fileURLToPath } from 'node:url'
import { createFindPhrases } from './find-phrases.ts'
import { loadPhrases, SAFETY_FOLDER } from './load-phrases.ts'

/**
 * What a text may show. `self_harm`, `violence`: somebody is in danger. `minor_sexual`: sexual content with minors.
 * `minor_age`: somebody says to be under 18. `explicit`: asks for sexually explicit content. `asks_if_ai`: sincerely asks
 * whether a person or a machine writes.
 */
export type Risk = 'self_harm' | 'violence' | 'minor_sexual' | 'minor_age' | 'explicit' | 'asks_if_ai'

/** Read with the module: a process whose phrases are broken does not start. */
const findPhrases = createFindPhrases(loadPhrases(fileURLToPath(SAFETY_FOLDER)))

/** The risks of a text in Russian, English or both; linear in its length, and never throws. */
export function readRisks(text: string): ReadonlySet<Risk> {
  const found = findPhrases(text)
  const risks = new Set<Risk>()
  for (const finding of found) if (finding !== 'claims_human') risks.add(finding)
  if (risks.has('minor_age') && risks.has('explicit')) risks.add('minor_sexual')
  return risks
}

/** Whether a reply says to be a human being or denies being an AI; linear in its length, and never throws. */
export function claimsHuman(reply: string): boolean {
  return findPhrases(reply).has('claims_human')
}
