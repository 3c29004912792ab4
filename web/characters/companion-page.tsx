import { lazy, Suspense, useState } from 'react'
import { Link, Redirect } from 'wouter'
import type { Me, Persona } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { usePersonas } from '../api/queries.ts'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { CompanionHero } from './companion-hero.tsx'
import { CompanionSkeleton } from './companion-skeleton.tsx'
import { StoryCards } from './story-cards.tsx'
import { useStartConversation } from './use-start-conversation.ts'

const AdultSheet = lazy(() => import('./adult-sheet.tsx').then((module) => ({ default: module.AdultSheet })))

export function CompanionPage({ me, id }: { me: Me; id: string }) {
  const { data: personas } = usePersonas()
  const persona = personas?.find((one) => one.id === id)
  if (personas && !persona) return <Redirect to="/characters" replace />
  return (
    <Page me={me} title={persona?.name ?? ''} back="/characters" accent={accentOf(id)} credits={persona?.price.type}>
      {persona ? <Details me={me} persona={persona} /> : <CompanionSkeleton />}
    </Page>
  )
}

function Details({ me, persona }: { me: Me; persona: Persona }) {
  const { t } = useTexts()
  const [storyId, setStoryId] = useState(persona.stories[0]?.id)
  const [asking, setAsking] = useState(false)
  const start = useStartConversation()
  const active = me.conversation?.persona.id === persona.id
  const begin = () => start.run({ personaId: persona.id, storyId })
  return (
    <div className="mx-auto max-w-5xl px-4 wide:px-10 lg:grid lg:grid-cols-[19rem_1fr] lg:gap-14">
      <CompanionHero persona={persona} />
      <div>
        <StoryCards persona={persona} chosen={storyId} onChoose={setStoryId} />
        <div className="sticky bottom-0 z-10 -mx-4 mt-6 bg-linear-to-t from-60% from-ground to-transparent px-4 pt-6 pb-[calc(var(--safe-bottom)+0.5rem)]">
          {start.error !== null && (
            <p role="alert" className="mb-2 text-center text-[0.875rem] text-danger">
              {sentenceOf(start.error, t('error-unreachable'))}
            </p>
          )}
          <button
            type="button"
            className="button button-main w-full"
            disabled={start.busy}
            onClick={() => (me.user.adultConfirmedAt ? begin() : setAsking(true))}
          >
            {active ? t('story-renew') : t('story-start')}
          </button>
          {me.conversation && <WayBack active={active} name={me.conversation.persona.name} />}
        </div>
      </div>
      {asking && (
        <Suspense>
          <AdultSheet onClose={() => setAsking(false)} onConfirmed={begin} />
        </Suspense>
      )}
    </div>
  )
}

/** Starting puts the present conversation away, and that is said before. */
function WayBack({ active, name }: { active: boolean; name: string }) {
  const { t } = useTexts()
  return (
    <p className="mt-2.5 text-center text-[0.8125rem] text-muted text-pretty">
      {active ? t('story-archives-this') : t('story-archives', { name })}{' '}
      {active && (
        <Link href="/" className="button-text">
          {t('story-continue')}
        </Link>
      )}
    </p>
  )
}
