import { useTexts } from '../texts/texts-provider.tsx'

/** Where the lines begin that came since the last visit. */
export function NewDivider() {
  const { t } = useTexts()
  return <p className="new-divider flex items-center gap-3 pt-5 text-[0.8125rem] text-accent">{t('chat-new')}</p>
}
