import { useRef } from 'react'
import { Link } from 'wouter'
import type { LegalPage as LegalText } from '#contract/api'
import { LEGAL_DOCUMENTS, type LegalDocument, LOCALES, type Locale } from '#contract/words'
import { useLegalPage } from '../api/queries.ts'
import { PageNote } from '../shell/page-note.tsx'
import { StartUp } from '../shell/start-up.tsx'
import { usePage } from '../shell/use-page.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { LegalTexts } from './legal-texts.tsx'
import { LegalWords } from './legal-words.tsx'

const LANGUAGES: Record<Locale, string> = { ru: 'Русский', en: 'English' }

/** `/terms` and `/privacy`: everybody may read them, signed in or not. */
export function LegalPage({ document }: { document: LegalDocument }) {
  return (
    <LegalTexts>
      <Reading document={document} />
    </LegalTexts>
  )
}

function Reading({ document }: { document: LegalDocument }) {
  const { t, locale } = useTexts()
  const page = useLegalPage(document, locale)
  if (page.data) return <Paper page={page.data} />
  if (!page.error) return <StartUp />
  return (
    <PageNote title={t('legal-failed-title')} text={t('legal-failed-text')}>
      <button type="button" className="button button-main" onClick={() => page.again()}>
        {t('action-again')}
      </button>
    </PageNote>
  )
}

function Paper({ page }: { page: LegalText }) {
  const { t, locale, speak } = useTexts()
  const main = useRef<HTMLElement>(null)
  usePage(page.title, main)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(page.version))
  const other = LEGAL_DOCUMENTS.find((name) => name !== page.document) ?? page.document
  const language = LOCALES.find((name) => name !== locale) ?? locale
  return (
    <div className="evening h-full overflow-y-auto overscroll-contain">
      <div className="mx-auto max-w-[42rem] px-5 pt-[calc(var(--safe-top)+0.75rem)] pb-[calc(var(--safe-bottom)+3rem)]">
        <header className="flex min-h-11 items-center justify-between">
          <Link href="/" className="display text-[1.5rem]">
            Vitte
          </Link>
          <button type="button" className="button-text min-h-11" lang={language} onClick={() => speak(language)}>
            {LANGUAGES[language]}
          </button>
        </header>
        <main ref={main} tabIndex={-1} className="outline-none">
          <h1 className="pt-6 text-[2.5rem] leading-tight text-balance">{page.title}</h1>
          <p className="pt-2 text-[0.875rem] text-muted">{t('legal-since', { date })}</p>
          <LegalWords text={page.text} />
        </main>
        <footer className="mt-10 border-line border-t pt-4">
          <Link href={`/${other}`} className="button-text inline-flex min-h-11 items-center">
            {t(`legal-${other}`)}
          </Link>
        </footer>
      </div>
    </div>
  )
}
