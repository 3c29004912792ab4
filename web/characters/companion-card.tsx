import { Link } from 'wouter'
import type { Persona } from '#contract/api'
import { Portrait } from '../shell/portrait.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'

/** One companion in the list: the whole card leads to the details. */
export function CompanionCard({ persona, active }: { persona: Persona; active: boolean }) {
  const { t } = useTexts()
  const { name, tagline, price, stories } = persona
  return (
    <Link
      href={`/characters/${persona.id}`}
      data-accent={accentOf(persona.id)}
      className="card evening group flex h-full items-center gap-5 overflow-hidden p-5 transition-colors duration-200 hover:border-accent/50 wide:p-7"
    >
      <span className="halo">
        <Portrait persona={persona} className="size-28 wide:size-36" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="display block text-[2rem] wide:text-[2.25rem]">{name}</span>
        <span className="mt-1 block text-[0.9375rem] text-ink/85 leading-snug text-pretty">{tagline}</span>
        <span className="mt-3 flex flex-wrap gap-x-3 gap-y-1 text-[0.8125rem] text-muted">
          {active && <span className="font-medium text-accent">{t('companion-active')}</span>}
          <span>{t('companion-stories', { count: stories.length })}</span>
          <span>{t('price-reply', { price: t(`credits-${price.type}-count`, { count: price.amount }) })}</span>
        </span>
      </span>
    </Link>
  )
}
