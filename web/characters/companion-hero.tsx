import type { Persona } from '#contract/api'
import { Portrait } from '../shell/portrait.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

export function CompanionHero({ persona }: { persona: Persona }) {
  const { t } = useTexts()
  const { name, tagline, price } = persona
  return (
    <div className="flex flex-col items-center pt-6 text-center lg:sticky lg:top-20 lg:self-start lg:pt-8">
      <span className="halo">
        <Portrait persona={persona} className="size-44 lg:size-60" />
      </span>
      <h1 className="mt-5 text-[2.75rem] lg:text-[3.25rem]">{name}</h1>
      <p className="mt-2 max-w-[34ch] text-[1.0625rem] text-muted text-pretty">{tagline}</p>
      <p className="pill mt-4 text-muted">
        {t('price-reply', { price: t(`credits-${price.type}-count`, { count: price.amount }) })}
      </p>
    </div>
  )
}
