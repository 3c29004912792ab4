import { useTexts } from '../texts/texts-provider.tsx'

const LINES = ['w-52', 'w-72', 'mine w-44', 'w-64', 'w-40', 'mine w-60', 'mine w-36', 'w-72']

/** The shape of a talk while it loads. */
export function ListSkeleton() {
  const { t } = useTexts()
  return (
    <div className="appears-late flex min-h-0 flex-1 flex-col justify-end overflow-hidden" aria-busy="true">
      <span className="sr-only">{t('state-loading')}</span>
      <div className="mx-auto flex w-full max-w-[46rem] flex-col gap-3 px-4 py-6">
        {LINES.map((line) => (
          <div
            key={line}
            className={`skeleton h-10 max-w-[80%] rounded-[1.25rem] ${line.replace('mine', 'self-end')}`}
          />
        ))}
      </div>
    </div>
  )
}
