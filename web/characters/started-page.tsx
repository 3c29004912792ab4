import { Link, Redirect } from 'wouter'
import type { Me } from '#contract/api'
import { PageNote } from '../shell/page-note.tsx'
import { Portrait } from '../shell/portrait.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { CharactersTexts } from './characters-texts.tsx'
import { MainButton } from './main-button.tsx'

/** Inside Telegram, after a start: the first line already waits in the bot; the talk may also go on here. */
export function StartedPage({ me }: { me: Me }) {
  const telegram = useTelegram()
  const persona = me.conversation?.persona
  if (!telegram || !persona) return <Redirect to="/" replace />
  return (
    <main className="h-full" data-accent={accentOf(persona.id)}>
      <CharactersTexts>
        <Choice me={me} persona={persona} onReturn={telegram.close} />
      </CharactersTexts>
    </main>
  )
}

interface ChoiceProps {
  me: Me
  persona: NonNullable<Me['conversation']>['persona']
  onReturn(): void
}

function Choice({ me, persona, onReturn }: ChoiceProps) {
  const { t } = useTexts()
  const reached = me.identities.some(({ provider, reachable }) => provider === 'telegram' && reachable)
  const text = reached ? t('started-text') : t('started-text-unreached')
  return (
    <PageNote title={t('started-title', { name: persona.name })} text={text}>
      <span className="halo -order-1 mb-4">
        <Portrait persona={persona} className="size-40" />
      </span>
      <MainButton text={t('telegram-return')} onPress={onReturn} />
      <Link href="/" replace className="button button-quiet w-full">
        {t('started-stay')}
      </Link>
    </PageNote>
  )
}
