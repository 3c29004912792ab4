import type { Browser, Page } from 'playwright-core'
import type { Locale } from '#contract/words'
import { openPage } from '#test/chromium'
import { shotsFolder } from '#test/environment'
import type { Scope } from '#test/scope'
import { complaintsOf } from './complaints.ts'
import { look, MOODS, type Width } from './looks.ts'
import { type PageWords, pageWords } from './page-words.ts'

/** Somebody who walks through the site and looks at each screen. */
export interface Visitor {
  page: Page
  t: PageWords
  locale: Locale
  findings: string[]
  /** Looks on a phone and wide; at one width where a screen does not outlive a change of it. */
  see(name: string, ...widths: Width[]): Promise<unknown>
  press(key: string): Promise<void>
  /** What is no 401, and no answer that a test made up or provoked. */
  complaints(): string[]
}

export async function visit(browser: Browser, scope: Scope, locale: Locale): Promise<Visitor> {
  const t = await pageWords(locale)
  const watched = await openPage(browser, { reducedMotion: 'reduce', locale: locale === 'ru' ? 'ru-RU' : 'en-GB' })
  const { page } = watched
  scope.after(() => page.context().close())
  const findings: string[] = []
  // Words change what fits and what is named, never a colour: both moods are seen in one language, or for pictures.
  const moods = locale === 'ru' || shotsFolder() ? MOODS : MOODS.slice(0, 1)
  return {
    page,
    t,
    locale,
    findings,
    see: async (name, ...widths) =>
      findings.push(
        ...(await look({ page, name: `site-${locale}-${name}`, moods, ...(widths.length > 0 && { widths }) })),
      ),
    press: (key) =>
      page
        .getByRole('button', { name: t(key), exact: true })
        .filter({ visible: true })
        .click(),
    complaints: () => complaintsOf(watched).filter((complaint) => !complaint.includes('status of 402')),
  }
}
