import { useState } from 'react'
import { useTexts } from '../texts/texts-provider.tsx'

// Before the sign-in the companions' list is closed; their portraits are plain pictures of the house.
const FACES = [
  { id: 'cassandra', accent: 'indigo', place: 'translate-x-[42%] translate-y-[5%]' },
  { id: 'arina', accent: 'rose', place: '-translate-x-[32%]' },
] as const

export function Hero() {
  const { t } = useTexts()
  return (
    <header className="rises flex flex-col items-center text-center lg:items-start lg:text-left">
      <div className="mt-2 mb-6 grid place-items-center lg:mb-10 lg:ml-16" aria-hidden="true">
        {FACES.map((face) => (
          <Face key={face.id} {...face} />
        ))}
      </div>
      <h1 className="text-[3.25rem] leading-none lg:text-[4.5rem]">Vitte</h1>
      <p className="display mt-3 max-w-[22ch] font-medium text-[1.5rem] text-ink/90 lg:text-[2.125rem]">
        {t('hero-line')}
      </p>
      <p className="mt-3 hidden max-w-[46ch] text-muted text-pretty sm:block">{t('hero-text')}</p>
    </header>
  )
}

function Face({ id, accent, place }: (typeof FACES)[number]) {
  const [drawn, setDrawn] = useState(true)
  if (!drawn) return null
  return (
    <span data-accent={accent} className={`halo col-start-1 row-start-1 size-36 lg:size-56 ${place}`}>
      <img
        src={`/portraits/${id}.svg`}
        alt=""
        className="size-full rounded-full object-cover ring-4 ring-ground"
        onError={() => setDrawn(false)}
      />
    </span>
  )
}
