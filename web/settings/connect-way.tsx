import { useSignInOptions } from '../api/queries.ts'
import { PlaneIcon } from '../shell/icons.tsx'
import { telegramWay } from '../sign-in/ways.ts'
import { useTexts } from '../texts/texts-provider.tsx'

/** Connecting is signing in with Telegram while signed in; without that way, the bot gives a link by /link. */
export function ConnectWay() {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  const telegram = options && telegramWay(options, location.pathname)
  if (telegram) {
    return (
      <a href={telegram} className="button button-main w-full">
        <PlaneIcon />
        {t('connect-action')}
      </a>
    )
  }
  const bot = options?.telegram.botUsername
  if (!bot) return null
  return (
    <>
      <p className="mb-3 text-[0.875rem] text-muted">{t('connect-bot-text')}</p>
      <a href={`https://t.me/${bot}`} target="_blank" rel="noopener" className="button button-main w-full">
        <PlaneIcon />
        {t('connect-bot', { bot })}
      </a>
    </>
  )
}
