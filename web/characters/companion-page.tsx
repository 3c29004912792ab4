import { lazy, Suspense, useState } from 'react'
import { Redirect } from 'wouter'
import type { Me, Persona } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { Page } from '../shell/page.tsx'
import { accentOf } from '../theme/accent.ts'
import { CharactersTexts } from './characters-texts.tsx'
import { CompanionHero } from './companion-hero.tsx'
import { CompanionSkeleton } from './companion-skeleton.tsx'
import { COMPANION_GONE } from './missing-companion.ts'
import { StartBar } from './start-bar.tsx'
import { StoryCards } from './story-cards.tsx'
import { useStartConversation } from './use-start-conversation.ts'

const AdultSheet = lazy(() => import('./adult-sheet.tsx').then((module) => ({ default: module.AdultSheet })))
const ClosedSheet = lazy(() => import('./closed-sheet.tsx').then((module) => ({ default: module.ClosedSheet })))

/** `/characters/<id>`, with `?story=<id>` for one of its openings: who this is and how a talk with them can begin. */
export function CompanionPage({ me, id }: { me: Me; id: string }) {
  const { data: personas } = usePersonas()
  const persona = personas?.find((one) => one.id === id)
  // Mistyped in the address, or withdrawn since: also while this page is open.
  if (personas && !persona) return <Redirect to="/characters" replace state={COMPANION_GONE} />
  return (
    <Page me={me} title={persona?.name ?? ''} back="/characters" accent={accentOf(id)} credits={persona?.price.type}>
      {persona ? (
        <CharactersTexts>
          <Details me={me} persona={persona} />
        </CharactersTexts>
      ) : (
        <CompanionSkeleton />
      )}
    </Page>
  )
}

function Details({ me, persona }: { me: Me; persona: Persona }) {
  const [wanted, setWanted] = useState(() => new URLSearchParams(location.search).get('story'))
  const [asking, setAsking] = useState(false)
  const start = useStartConversation()
  const story = persona.stories.find(({ id }) => id === wanted) ?? persona.stories[0]
  const storyGone = wanted !== null && story?.id !== wanted
  const begin = () => start.run({ personaId: persona.id, storyId: story?.id })
  return (
    <div className="mx-auto max-w-5xl px-4 wide:px-10 lg:grid lg:grid-cols-[19rem_1fr] lg:gap-14">
      <CompanionHero persona={persona} active={me.conversation?.persona.id === persona.id} />
      {/* On a phone the bar must be free to stand at the foot of the window while the face is still in view. */}
      <div className="contents lg:block">
        <StoryCards persona={persona} chosen={story?.id} gone={storyGone} onChoose={setWanted} />
        <StartBar
          persona={persona}
          present={me.conversation}
          busy={start.busy}
          error={storyGone ? null : start.error}
          onStart={() => (me.user.adultConfirmedAt && !me.help ? begin() : setAsking(true))}
        />
      </div>
      {asking && (
        <Suspense>
          {me.help ? (
            <ClosedSheet help={me.help} onClose={() => setAsking(false)} />
          ) : (
            <AdultSheet onClose={() => setAsking(false)} onConfirmed={begin} />
          )}
        </Suspense>
      )}
    </div>
  )
}
