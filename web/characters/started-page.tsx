import { Link, Redirect } from 'wouter'
import type { Me } from '#contract/api'
import { PageNote } from '../shell/page-note.tsx'
import { Portrait } from '../shell/portrait.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'

/** Inside Telegram, after a start: the first line already waits in the bot; the talk may also go on here. */
export function StartedPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const telegram = useTelegram()
  const persona = me.conversation?.persona
  if (!telegram || !persona) return <Redirect to="/" replace />
  return (
    <main className="h-full" data-accent={accentOf(persona.id)}>
      <PageNote title={t('started-title', { name: persona.name })} text={t('started-text')}>
        <span className="halo -order-1 mb-4">
          <Portrait persona={persona} className="size-40" />
        </span>
        <button type="button" className="button button-main mt-3 w-full" onClick={telegram.close}>
          {t('telegram-return')}
        </button>
        <Link href="/" replace className="button button-quiet w-full">
          {t('started-stay')}
        </Link>
      </PageNote>
    </main>
  )
}
