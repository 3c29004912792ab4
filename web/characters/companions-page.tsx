import { useState } from 'react'
import type { Me } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { ConnectOffer } from '../settings/connect-offer.tsx'
import { Page } from '../shell/page.tsx'
import { PageNote } from '../shell/page-note.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CharactersTexts } from './characters-texts.tsx'
import { CompanionCard } from './companion-card.tsx'
import { isCompanionGone } from './missing-companion.ts'

export function CompanionsPage({ me }: { me: Me }) {
  return (
    <CharactersTexts>
      <Companions me={me} />
    </CharactersTexts>
  )
}

function Companions({ me }: { me: Me }) {
  const { t } = useTexts()
  const [gone] = useState(isCompanionGone)
  const personas = usePersonas()
  const title = me.conversation ? t('companions-again') : t('companions-title')
  return (
    <Page me={me} title={title} back={me.conversation ? '/' : undefined}>
      <div className="mx-auto max-w-5xl px-4 wide:px-10">
        <h1 className="pt-2 text-[2.5rem] wide:pt-6 wide:text-[3.25rem]">{title}</h1>
        {gone ? (
          <p role="status" className="card mt-4 max-w-[60ch] px-4 py-3 text-pretty">
            {t('companions-gone')}
          </p>
        ) : (
          <p className="mt-2 max-w-[44ch] text-muted text-pretty">{t('companions-lead')}</p>
        )}
        <div className="mt-5 wide:hidden">
          <ConnectOffer me={me} />
        </div>
        {personas.error && !personas.data ? (
          <PageNote title={t('companions-failed-title')} text={t('companions-failed-text')}>
            <button type="button" className="button button-main" onClick={() => personas.again()}>
              {t('action-again')}
            </button>
          </PageNote>
        ) : (
          <ul className="mt-6 grid gap-4 lg:grid-cols-2 lg:gap-6">
            {personas.data?.map((persona) => (
              <li key={persona.id}>
                <CompanionCard persona={persona} active={me.conversation?.persona.id === persona.id} />
              </li>
            )) ?? <Skeletons />}
          </ul>
        )}
        <p className="mt-8 text-center text-[0.8125rem] text-muted">{t('companions-ai')}</p>
      </div>
    </Page>
  )
}

function Skeletons() {
  return ['one', 'two'].map((key) => (
    <li key={key} className="card appears-late flex items-center gap-5 p-5" aria-hidden="true">
      <span className="skeleton size-28 shrink-0 rounded-full" />
      <span className="flex flex-1 flex-col gap-3">
        <span className="skeleton h-7 w-32" />
        <span className="skeleton h-4 w-full" />
        <span className="skeleton h-4 w-2/3" />
      </span>
    </li>
  ))
}
