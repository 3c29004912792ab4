import { useEffect, useRef } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { Me } from '#contract/api'
import { usePage } from '../shell/use-page.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CodeStep } from './code-step.tsx'
import { DeadLink } from './dead-link.tsx'
import { FailedLink } from './failed-link.tsx'
import { LinkNote, OpenTalk } from './link-note.tsx'
import { isDone } from './link-state.ts'
import { LinkingTexts } from './linking-texts.tsx'
import { MissingLink } from './missing-link.tsx'
import { PreviewSkeleton } from './preview-skeleton.tsx'
import { PreviewStep } from './preview-step.tsx'
import { ProofStep } from './proof-step.tsx'
import { useLink } from './use-link.ts'

/** `/link`: what a link from the bot, or a second sign-in, would join; and the joining itself. */
export function LinkPage({ me }: { me: Me }) {
  return (
    <LinkingTexts>
      <Framed me={me} />
    </LinkingTexts>
  )
}

function Framed({ me }: { me: Me }) {
  const { t } = useTexts()
  const main = useRef<HTMLElement>(null)
  usePage(t('link-missing-title'), main)
  return (
    <div className="evening h-full overflow-y-auto">
      <main
        ref={main}
        tabIndex={-1}
        className="mx-auto grid min-h-full w-full max-w-lg content-center px-4 pt-[calc(var(--safe-top)+1.5rem)] pb-[calc(var(--safe-bottom)+1.5rem)] outline-none"
      >
        <Content me={me} />
      </main>
    </div>
  )
}

function Content({ me }: { me: Me }) {
  const { t } = useTexts()
  const telegram = useTelegram()
  const problem = new URLSearchParams(useSearch()).get('problem')
  if (telegram) {
    return (
      <LinkNote title={t('link-mini-app-title')} text={t('link-mini-app-text')} joined>
        <OpenTalk />
      </LinkNote>
    )
  }
  return problem ? <DeadLink me={me} code={problem} /> : <Steps me={me} />
}

function Steps({ me }: { me: Me }) {
  const { t } = useTexts()
  const [, navigate] = useLocation()
  const { state, open, confirm, check, leave } = useLink(me)
  const box = useRef<HTMLDivElement>(null)
  const known = useRef(state.at)
  // What stands here now is another thing: it is read from its beginning.
  useEffect(() => {
    if (known.current !== state.at && known.current !== 'loading') box.current?.focus({ preventScroll: true })
    known.current = state.at
  }, [state.at])
  const goAway = () => {
    leave()
    navigate('/')
  }
  const step = () => {
    switch (state.at) {
      case 'loading':
        return <PreviewSkeleton />
      case 'missing':
        return <MissingLink me={me} />
      case 'preview':
        return <PreviewStep me={me} preview={state.preview} confirm={confirm} onLeave={goAway} />
      case 'proof':
        return <ProofStep me={me} onProven={() => confirm.run()} onLeave={goAway} />
      case 'code':
        return <CodeStep key={state.waiting.code} waiting={state.waiting} check={check} />
      case 'linked':
        return (
          <LinkNote title={t('link-done-title')} text={t('link-done-text')} joined>
            <OpenTalk />
          </LinkNote>
        )
      case 'dead':
        return isDone(state.code, me) ? <MissingLink me={me} /> : <DeadLink me={me} code={state.code} />
      case 'failed':
        return <FailedLink error={state.error} onAgain={open} />
    }
  }
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {step()}
    </div>
  )
}
