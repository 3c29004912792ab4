import type { Me } from '#contract/api'
import { LinkingTexts } from '../linking/linking-texts.tsx'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { LoginList } from './login-list.tsx'
import { SessionList } from './session-list.tsx'
import { UndoOffer } from './undo-offer.tsx'

/** `/settings/logins`: how this user gets in, where they are in, and the last joining while it can be taken back. */
export function LoginsPage({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <Page me={me} title={t('menu-logins')} back="/settings">
      <LinkingTexts>
        <Sections me={me} />
      </LinkingTexts>
    </Page>
  )
}

function Sections({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="pt-2 text-[2.5rem]">{t('menu-logins')}</h1>
      <p className="mt-2 text-muted text-pretty">{t('logins-lead')}</p>
      <LoginList me={me} />
      <SessionList userId={me.user.id} />
      <UndoOffer />
    </div>
  )
}
