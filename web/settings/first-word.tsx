import type { Me } from '#contract/api'
import { useSignInOptions } from '../api/queries.ts'
import { Section } from '../logins/section.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { ConnectWay } from './connect-way.tsx'
import { QuietHoursChoice } from './quiet-hours-choice.tsx'
import { SavedMark } from './saved-mark.tsx'
import { Switch } from './switch.tsx'
import type { Saving } from './use-saving.ts'

/** Whether the companion may write first, and when not. Only Telegram is written to, so only there is a choice. */
export function FirstWord({ me, saving }: { me: Me; saving: Saving }) {
  const { t } = useTexts()
  const telegram = me.identities.find(({ channel }) => channel === 'telegram')
  const { enabled, quietHours } = me.user.proactive
  return (
    <Section title={t('settings-first')} action={<SavedMark shown={saving.saved === 'first-word'} />}>
      {telegram ? (
        <div className="card divide-y divide-line">
          <div className="px-4 py-3.5">
            <Switch
              text={t('settings-first-allow')}
              detail={t('settings-first-text')}
              on={enabled}
              onChange={(on) => saving.save('first-word', { proactive: { enabled: on } })}
            />
          </div>
          {enabled && !telegram.reachable && <Unreachable />}
          {enabled && (
            <QuietHoursChoice
              written={quietHours}
              zoneKnown={me.user.timezone !== null}
              onChoose={(written) => saving.save('first-word', { proactive: { quietHours: written } })}
            />
          )}
        </div>
      ) : (
        <div className="card p-5">
          <p className="mb-4 text-pretty">{t('settings-first-web')}</p>
          <ConnectWay />
        </div>
      )}
    </Section>
  )
}

/** The bot is blocked, or its chat was never opened. */
function Unreachable() {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  const bot = options?.telegram.botUsername
  return (
    <div className="px-4 py-3 text-[0.9375rem]">
      <p className="text-pretty">{t('settings-first-unreachable')}</p>
      {bot && (
        <a href={`https://t.me/${bot}`} target="_blank" rel="noopener" className="button-text inline-block py-2">
          {t('connect-bot', { bot })}
        </a>
      )}
    </div>
  )
}
