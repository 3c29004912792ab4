import { useId } from 'react'
import type { Me } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { Section } from '../logins/section.tsx'
import { ConnectWay } from '../settings/connect-way.tsx'
import { SettingsTexts } from '../settings/settings-texts.tsx'
import { useWayBack } from '../settings/use-way-back.ts'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { EntryHistory } from './entry-history.tsx'
import { Prices } from './prices.tsx'

/** `/credits`: what there is, what a reply costs, how more will come, and where it went. */
export function CreditsPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const back = useWayBack(me)
  return (
    <Page me={me} title={t('menu-credits')} back={back}>
      <SettingsTexts>
        <Sections me={me} />
      </SettingsTexts>
    </Page>
  )
}

function Sections({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="px-1 pt-2 text-[2.5rem]">{t('menu-credits')}</h1>
      <p className="mt-2 px-1 text-muted text-pretty">{t('credits-lead')}</p>
      <Balances me={me} />
      <Prices me={me} />
      <Refill me={me} />
      <EntryHistory credits={me.credits} />
    </div>
  )
}

function Balances({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <dl className="card mt-6 divide-y divide-line px-5" aria-label={t('balance-title')}>
      {CREDIT_TYPES.map((type) => (
        <div key={type} className="flex items-center justify-between gap-4 py-3.5">
          <dt className="leading-snug">
            {t(`credits-${type}-name`)}
            <span className="block text-[0.875rem] text-muted text-pretty">{t(`credits-explained-${type}`)}</span>
          </dt>
          <dd className="display text-[2rem] lining-nums tabular-nums">{me.credits[type]}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The place of packs and subscription. */
function Refill({ me }: { me: Me }) {
  const { t } = useTexts()
  const listId = useId()
  return (
    <Section title={t('refill-title')}>
      <div className="card px-5 py-5">
        <p id={listId} className="text-pretty">
          {t('refill-text')}
        </p>
        <ul aria-labelledby={listId} className="mt-4 flex flex-col gap-3">
          {(['pack', 'subscription'] as const).map((kind) => (
            <li key={kind} className="rounded-2xl bg-accent-soft/60 px-4 py-3">
              <span className="display block text-[1.25rem]">{t(`refill-${kind}`)}</span>
              <span className="block text-[0.9375rem] text-pretty">{t(`refill-${kind}-text`)}</span>
            </li>
          ))}
        </ul>
        <p className="mt-4 text-[0.875rem] text-muted text-pretty">{t('refill-stars')}</p>
        {me.offers.connectTelegram && (
          <div className="mt-4">
            <p className="mb-3 text-[0.9375rem] text-pretty">{t('refill-connect')}</p>
            <ConnectWay />
          </div>
        )}
      </div>
    </Section>
  )
}
