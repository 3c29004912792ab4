import type { Persona } from '#contract/api'
import { Portrait } from '../shell/portrait.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Who this is: face, name, a few words, and what a reply costs. */
export function CompanionHero({ persona, active }: { persona: Persona; active: boolean }) {
  const { t } = useTexts()
  const { name, tagline, description, price } = persona
  return (
    <div className="flex flex-col items-center pt-2 text-center wide:pt-6 lg:sticky lg:top-20 lg:self-start lg:pt-8">
      <span className="halo">
        <Portrait persona={persona} className="size-32 lg:size-60" />
      </span>
      <h1 className="mt-4 text-[2.75rem] lg:text-[3.25rem]">{name}</h1>
      {active && <p className="mt-1 font-medium text-[0.875rem] text-accent">{t('companion-active')}</p>}
      <p className="mt-2 max-w-[30ch] text-[1.125rem] text-balance">{tagline}</p>
      <p className="mt-3 max-w-[46ch] text-[0.9375rem] text-muted text-pretty">{description}</p>
      <p className="pill mt-4 text-muted">
        {t('price-reply', { price: t(`credits-${price.type}-count`, { count: price.amount }) })}
      </p>
    </div>
  )
}
