import type { Me } from '#contract/api'
import { SettingsTexts } from '../settings/settings-texts.tsx'
import { useWayBack } from '../settings/use-way-back.ts'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { ConversationList } from './conversation-list.tsx'

/** `/chat/all`: every conversation, with what can still be done with it. */
export function ConversationsPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const back = useWayBack(me)
  return (
    <Page me={me} title={t('conversations-title')} back={back}>
      <SettingsTexts>
        <Conversations />
      </SettingsTexts>
    </Page>
  )
}

function Conversations() {
  const { t } = useTexts()
  return (
    <div className="mx-auto max-w-xl px-2 wide:px-6">
      <h1 className="px-3 pt-2 text-[2.5rem]">{t('conversations-title')}</h1>
      <p className="mt-2 mb-5 px-3 text-muted text-pretty">{t('conversations-lead')}</p>
      <ConversationList detailed />
    </div>
  )
}
