import { useEffect } from 'react'
import type { Me, Reminder } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { ConnectWay } from '../settings/connect-way.tsx'
import { SettingsTexts } from '../settings/settings-texts.tsx'
import { useWayBack } from '../settings/use-way-back.ts'
import { Page } from '../shell/page.tsx'
import { PageFailed } from '../shell/page-failed.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { remindersQuery, useReminders } from './queries.ts'
import { ReminderList } from './reminder-list.tsx'
import { RemindersTexts } from './reminders-texts.tsx'

/** `/reminders`: what is still to come in Telegram, to be added to, changed and taken away. */
export function RemindersPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const back = useWayBack(me)
  return (
    <Page me={me} title={t('menu-reminders')} back={back} accent={accentOf(me.conversation?.persona.id)}>
      <SettingsTexts>
        <RemindersTexts>
          <Content me={me} />
        </RemindersTexts>
      </SettingsTexts>
    </Page>
  )
}

function Content({ me }: { me: Me }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const { data, error, again } = useReminders()
  // What is known may be of a time when nobody looked.
  useEffect(() => void cache.renew(remindersQuery(api)), [cache, api])
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="px-1 pt-2 text-[2.25rem]">{t('menu-reminders')}</h1>
      <p className="mt-3 px-1 text-muted text-pretty">{t('reminders-lead')}</p>
      {data ? (
        <Known me={me} reminders={data} />
      ) : error ? (
        <PageFailed text={t('reminders-failed')} onAgain={again} />
      ) : (
        <Skeletons />
      )}
    </div>
  )
}

/** Who cannot be written to in Telegram may still see and take away what there is. */
function Known({ me, reminders }: { me: Me; reminders: Reminder[] }) {
  const { t } = useTexts()
  const telegram = me.identities.find(({ channel }) => channel === 'telegram')
  const comes = telegram?.reachable === true
  return (
    <>
      {!comes && (
        <section className="card mt-6 p-5">
          <p className="text-pretty">{t(telegram ? 'reminders-unreachable' : 'reminders-web')}</p>
          {!telegram && (
            <div className="mt-4">
              <ConnectWay />
            </div>
          )}
        </section>
      )}
      {(comes || reminders.length > 0) && <ReminderList reminders={reminders} mayAdd={comes} />}
    </>
  )
}

function Skeletons() {
  return (
    <div className="appears-late mt-6 flex flex-col gap-3" aria-hidden="true">
      {['w-40', 'w-64', 'w-52'].map((width) => (
        <div key={width} className="card px-5 py-4">
          <span className="skeleton block h-3 w-28" />
          <span className={`skeleton mt-3 block h-4 max-w-full ${width}`} />
        </div>
      ))}
    </div>
  )
}
