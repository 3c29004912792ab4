import { useTexts } from '../texts/texts-provider.tsx'

/** Shaped like the proposal that comes. */
export function PreviewSkeleton() {
  const { t } = useTexts()
  return (
    <section className="card appears-late p-6 sm:p-8" aria-busy="true">
      <span className="sr-only">{t('state-loading')}</span>
      <span className="skeleton mx-auto block h-9 w-56" />
      <div className="mt-8 flex justify-around">
        <span className="skeleton size-16 rounded-full" />
        <span className="skeleton size-16 rounded-full" />
      </div>
      <span className="skeleton mt-8 block h-28" />
      <span className="skeleton mt-6 block h-12 rounded-full" />
    </section>
  )
}
