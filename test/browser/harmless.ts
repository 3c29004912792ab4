import type { BrowserContext, Locator } from 'playwright-core'

/** What must never come of a text. */
const NEVER = 'img, picture, video, audio, script, style, iframe, object, embed, form, input, link, meta, base, math'

/** Tells of whatever ran (by opening a dialogue) or was asked for from another place than these, from now on. */
export function watchOver(context: BrowserContext, allowed: readonly string[]): () => string[] {
  const seen: string[] = []
  context.on('dialog', (dialog) => {
    seen.push(`a dialogue: ${dialog.message()}`)
    void dialog.dismiss().catch(() => {})
  })
  context.on('request', (request) => {
    if (!allowed.includes(new URL(request.url()).origin)) seen.push(`asked for ${request.url()}`)
  })
  context.on('page', (page) => seen.push(`opened ${page.url()}`))
  return () => [...seen]
}

/** What is in these elements that may run or load, and links that do not say where they lead. */
export async function harmIn(elements: Locator): Promise<string[]> {
  const found = await elements.locator(NEVER).evaluateAll((all) => all.map((element) => element.outerHTML))
  const inside = await elements.evaluateAll((roots) =>
    roots.flatMap((root) =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...[...element.attributes]
          .filter(({ name }) => /^on|^src/.test(name))
          .map(({ name }) => `an attribute ${name}`),
        ...(element instanceof HTMLAnchorElement ? wrongIn(element) : []),
      ]),
    ),
  )
  return [...found, ...inside]
}

declare function wrongIn(link: HTMLAnchorElement): string[]

/** To be given to a page before its first document: what makes a link of somebody's text wrong. */
export function linkRules(): void {
  Object.assign(window, {
    wrongIn(link: HTMLAnchorElement): string[] {
      // The way from a note to the line it came from is ours.
      if (link.origin === location.origin && !link.closest('.prose')) return []
      const { protocol, host, username, rel, target, href } = link
      const around = (link.textContent ?? '') + (link.nextSibling?.textContent ?? '')
      return [
        ...(/^https?:$/.test(protocol) && username === '' ? [] : [`a link to ${href}`]),
        ...(rel.split(' ').includes('noopener') && target === '_blank'
          ? []
          : [`a link that is not kept apart: ${href}`]),
        ...(around.includes(host) ? [] : [`a link that hides ${host}`]),
      ]
    },
  })
}
