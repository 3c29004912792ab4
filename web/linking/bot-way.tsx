import { useSignInOptions } from '../api/queries.ts'
import { PlaneIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Over to the chat with the bot, in Telegram itself. */
export function BotWay({ quiet = false }: { quiet?: boolean }) {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  const bot = options?.telegram.botUsername
  if (!bot) return null
  return (
    <a
      href={`https://t.me/${bot}`}
      target="_blank"
      rel="noopener"
      className={`button ${quiet ? 'button-quiet' : 'button-main'}`}
    >
      <PlaneIcon />
      {t('connect-bot', { bot })}
    </a>
  )
}
