import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { LegalLinks } from '../legal/legal-links.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CharactersTexts } from './characters-texts.tsx'

interface AdultSheetProps {
  onClose(): void
  onConfirmed(): void
}

/** Once per person, before the first talk: 18 years, and that the companion is an AI. */
export function AdultSheet(props: AdultSheetProps) {
  return (
    <CharactersTexts>
      <Question {...props} />
    </CharactersTexts>
  )
}

function Question({ onClose, onConfirmed }: AdultSheetProps) {
  const { t } = useTexts()
  return (
    <Sheet title={t('adult-title')} onClose={onClose}>
      <p className="text-pretty">{t('adult-ai')}</p>
      <p className="mt-3 text-muted text-pretty">{t('adult-text')}</p>
      <p className="mt-3 text-muted text-pretty">{t('adult-agree')}</p>
      <LegalLinks />
      <Answers onConfirmed={onConfirmed} />
    </Sheet>
  )
}

function Answers({ onConfirmed }: { onConfirmed(): void }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const close = useCloseSheet()
  const confirm = useAction(() => api.call('PATCH', '/api/me', { body: { adult: true } }), {
    async onDone() {
      await cache.renewAll('me')
      onConfirmed()
      close()
    },
  })
  return <SheetAnswers yes={t('adult-yes')} no={t('adult-no')} deed={confirm} />
}
