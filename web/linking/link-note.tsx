import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useTexts } from '../texts/texts-provider.tsx'
import { JoinedMark } from './joined-mark.tsx'

interface LinkNoteProps {
  title: string
  text: string
  /** Whether all is well. */
  joined?: boolean
  children: ReactNode
}

/** How it ended, or why it did not begin: one sentence and one way on. */
export function LinkNote({ title, text, joined = false, children }: LinkNoteProps) {
  return (
    <section className="rises mx-auto flex max-w-sm flex-col items-center gap-4 text-center">
      <JoinedMark apart={!joined} />
      <h1 className="mt-2 text-[2rem]">{title}</h1>
      <p className="text-muted text-pretty">{text}</p>
      <div className="mt-2 flex w-full flex-col items-center gap-2">{children}</div>
    </section>
  )
}

export function OpenTalk({ quiet = false }: { quiet?: boolean }) {
  const { t } = useTexts()
  return (
    <Link href="/" className={quiet ? 'button-text py-2' : 'button button-main w-full max-w-xs'}>
      {t('link-open-talk')}
    </Link>
  )
}
