import type { Me } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { Section } from '../logins/section.tsx'
import { SettingsTexts } from '../settings/settings-texts.tsx'
import { useWayBack } from '../settings/use-way-back.ts'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CreditsTexts } from './credits-texts.tsx'
import { DailyCap } from './daily-cap.tsx'
import { DebtNote } from './debt-note.tsx'
import { EntryHistory } from './entry-history.tsx'
import { Prices } from './prices.tsx'
import { Shop } from './shop.tsx'
import { SubscriptionSection } from './subscription-section.tsx'
import { useFreshBooks } from './use-fresh-books.ts'

/** `/credits`: what there is and what is owed, how more comes, what a reply costs, and where it went. */
export function CreditsPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const back = useWayBack(me)
  return (
    <Page me={me} title={t('menu-credits')} back={back}>
      <SettingsTexts>
        <CreditsTexts>
          <Sections me={me} />
        </CreditsTexts>
      </SettingsTexts>
    </Page>
  )
}

function Sections({ me }: { me: Me }) {
  const { t } = useTexts()
  useFreshBooks(me)
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="px-1 pt-2 text-[2.5rem]">{t('menu-credits')}</h1>
      <p className="mt-2 px-1 text-muted text-pretty">{t('credits-lead')}</p>
      <DebtNote me={me} />
      <Balances me={me} />
      <SubscriptionSection />
      <Section title={t('shop-title')}>
        <div className="card px-5 py-5">
          <Shop me={me} />
        </div>
      </Section>
      <Prices me={me} />
      <DailyCap me={me} />
      <EntryHistory me={me} />
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
