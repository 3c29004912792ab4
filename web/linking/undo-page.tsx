import { type ReactNode, useState } from 'react'
import type { Me } from '#contract/api'
import { useSignInOptions } from '../api/queries.ts'
import { loginWord } from '../logins/login-words.ts'
import { useUndo } from '../logins/queries.ts'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { LinkNote, OpenTalk } from './link-note.tsx'
import { LinkingTexts } from './linking-texts.tsx'
import { UndoForm } from './undo-form.tsx'

/** `/settings/undo`: one person becomes two again. */
export function UndoPage({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <Page me={me} title={t('menu-logins')} back="/settings/logins">
      <LinkingTexts>
        <Steps me={me} />
      </LinkingTexts>
    </Page>
  )
}

function Steps({ me }: { me: Me }) {
  const { t } = useTexts()
  const { data: undo, error, again } = useUndo()
  const [done, setDone] = useState(false)
  if (done) return <Parted me={me} />
  if (undo) return <UndoForm me={me} undo={undo} onDone={() => setDone(true)} />
  if (undo === null) {
    return (
      <Middle>
        <LinkNote title={t('undo-gone-title')} text={t('undo-gone-text')}>
          <OpenTalk />
        </LinkNote>
      </Middle>
    )
  }
  if (!error) return <Skeleton />
  return (
    <Middle>
      <LinkNote title={t('undo-failed-title')} text={t('start-failed-text')}>
        <button type="button" className="button button-main" onClick={again}>
          {t('action-again')}
        </button>
      </LinkNote>
    </Middle>
  )
}

/** Which of the two this page goes on as is said: it may be either. */
function Parted({ me }: { me: Me }) {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  const login = me.identities.map((one) => loginWord(one, options, t)).join(', ')
  return (
    <Middle>
      <LinkNote title={t('undo-done-title')} text={t('undo-done-text', { login })}>
        <OpenTalk />
      </LinkNote>
    </Middle>
  )
}

function Middle({ children }: { children: ReactNode }) {
  return <div className="grid h-full content-center px-4 py-6">{children}</div>
}

function Skeleton() {
  return (
    <div className="appears-late mx-auto flex max-w-xl flex-col gap-5 px-4 pt-2 wide:px-6" aria-busy="true">
      <span className="skeleton h-10 w-56" />
      <span className="skeleton h-12" />
      <span className="skeleton h-36 rounded-3xl" />
      <span className="skeleton h-36 rounded-3xl" />
    </div>
  )
}
