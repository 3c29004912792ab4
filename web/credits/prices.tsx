import type { Me, Persona } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { Section } from '../logins/section.tsx'
import { Portrait } from '../shell/portrait.tsx'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { repliesLeft } from './available.ts'

/** What one reply costs now with each companion, and for how many the balance is enough. */
export function Prices({ me }: { me: Me }) {
  const { t } = useTexts()
  const { data: personas, error, again } = usePersonas()
  return (
    <Section title={t('prices-title')}>
      <ul className="card divide-y divide-line">
        {personas?.map((persona) => <Price key={persona.id} me={me} persona={persona} />) ?? (
          <li className="flex min-h-16 items-center justify-between gap-3 px-4 py-2.5 text-muted">
            {error ? (
              <>
                {t('prices-failed')}
                <button type="button" className="button-text min-h-11 px-2" onClick={again}>
                  {t('action-again')}
                </button>
              </>
            ) : (
              <span className="skeleton appears-late h-4 w-40" />
            )}
          </li>
        )}
      </ul>
    </Section>
  )
}

function Price({ me, persona }: { me: Me; persona: Persona }) {
  const { t } = useTexts()
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2.5">
      <Portrait persona={persona} className="size-11" />
      <span className="min-w-0 flex-1 leading-snug">
        <span className="block">
          {persona.name}
          {persona.id === me.conversation?.persona.id && (
            <span className="text-[0.8125rem] text-muted"> · {t('prices-active')}</span>
          )}
        </span>
        <span className="block text-[0.875rem] text-muted text-pretty">{wordsOf(me, persona, t)}</span>
      </span>
    </li>
  )
}

function wordsOf(me: Me, { price }: Persona, t: Texts['t']): string {
  if (price.amount === 0) return t('prices-free')
  const count = repliesLeft(me, price)
  const words = t('price-reply', { price: t(`credits-${price.type}-count`, { count: price.amount }) })
  return count > 0 ? t('prices-left', { price: words, count }) : t('prices-none', { price: words })
}
