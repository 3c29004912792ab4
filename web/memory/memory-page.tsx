import { useEffect } from 'react'
import { Link } from 'wouter'
import type { Conversation, Fact, Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { SettingsTexts } from '../settings/settings-texts.tsx'
import { useWayBack } from '../settings/use-way-back.ts'
import { Page } from '../shell/page.tsx'
import { PageFailed } from '../shell/page-failed.tsx'
import { PageNote } from '../shell/page-note.tsx'
import { Portrait } from '../shell/portrait.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { FactList } from './fact-list.tsx'
import { memoryQuery, useMemory } from './queries.ts'

/** `/memory`: what the companion of the active conversation remembers, to be corrected or forgotten. */
export function MemoryPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const back = useWayBack(me)
  const { conversation } = me
  return (
    <Page me={me} title={t('menu-memory')} back={back} accent={accentOf(conversation?.persona.id)}>
      <SettingsTexts>
        {conversation ? <Memory key={conversation.id} conversation={conversation} /> : <Nobody />}
      </SettingsTexts>
    </Page>
  )
}

function Memory({ conversation: { persona } }: { conversation: Conversation }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const { data, error, again } = useMemory()
  // What is known may be of another conversation, or of a time when nobody looked.
  useEffect(() => void cache.renew(memoryQuery(api)), [cache, api])
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <header className="flex items-center gap-4 px-1 pt-2">
        <Portrait persona={persona} className="size-14" />
        <h1 className="text-[2.25rem]">{t('memory-title', { name: persona.name })}</h1>
      </header>
      <p className="mt-3 px-1 text-muted text-pretty">{t('memory-lead')}</p>
      {data ? (
        <Facts name={persona.name} facts={data} />
      ) : error ? (
        <PageFailed text={t('memory-failed')} onAgain={again} />
      ) : (
        <Skeletons />
      )}
    </div>
  )
}

function Facts({ name, facts }: { name: string; facts: Fact[] }) {
  const { t } = useTexts()
  if (facts.length > 0) return <FactList name={name} facts={facts} />
  return (
    <section className="card mt-6 px-6 py-8 text-center">
      <h2 className="text-[1.5rem]">{t('memory-empty-title')}</h2>
      <p className="mx-auto mt-2 max-w-sm text-muted text-pretty">{t('memory-empty-text')}</p>
      <Link href="/" className="button button-quiet mt-5">
        {t('memory-empty-talk')}
      </Link>
    </section>
  )
}

function Nobody() {
  const { t } = useTexts()
  return (
    <PageNote title={t('menu-memory')} text={t('memory-nobody')}>
      <Link href="/characters" className="button button-main">
        {t('companions-choose')}
      </Link>
    </PageNote>
  )
}

function Skeletons() {
  return (
    <div className="appears-late mt-6 flex flex-col gap-3" aria-hidden="true">
      {['w-64', 'w-40', 'w-52'].map((width) => (
        <div key={width} className="card px-5 py-4">
          <span className={`skeleton block h-4 max-w-full ${width}`} />
          <span className="skeleton mt-3 block h-3 w-24" />
        </div>
      ))}
    </div>
  )
}
