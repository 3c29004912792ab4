import { useTexts } from '../texts/texts-provider.tsx'

/** Before it is known who is here: the name, quietly, and only when that takes a while. */
export function StartUp() {
  const { t } = useTexts()
  return (
    <div className="evening grid h-full place-items-center" aria-busy="true">
      <p className="appears-late display text-[2.5rem] text-muted">Vitte</p>
      <span className="sr-only">{t('state-loading')}</span>
    </div>
  )
}
