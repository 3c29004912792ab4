import type { Me } from '#contract/api'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { ConversationList } from './conversation-list.tsx'

export function ConversationsPage({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <Page me={me} title={t('conversations-title')} back="/">
      <div className="mx-auto max-w-xl px-2 wide:px-6">
        <h1 className="px-3 pt-2 pb-4 text-[2.5rem]">{t('conversations-title')}</h1>
        <ConversationList />
        <p className="mt-6 px-3 text-[0.8125rem] text-muted text-pretty">{t('conversations-lead')}</p>
      </div>
    </Page>
  )
}
