import { LEGAL_DOCUMENTS } from '#contract/words'
import { useTexts } from '../texts/texts-provider.tsx'

/**
 * The way to what people agree to. It opens beside what is being done: the pages need no sign-in, so that they open
 * outside of Telegram too.
 */
export function LegalLinks() {
  const { t } = useTexts()
  return (
    <nav aria-label={t('legal-links')} className="mt-1 flex flex-wrap gap-x-4 text-[0.8125rem]">
      {LEGAL_DOCUMENTS.map((document) => (
        <a
          key={document}
          href={`/${document}`}
          target="_blank"
          rel="noopener"
          className="inline-flex min-h-8 items-center text-accent underline underline-offset-3"
        >
          {t(`legal-${document}`)}
        </a>
      ))}
    </nav>
  )
}
