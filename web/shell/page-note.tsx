import type { ReactNode } from 'react'

interface PageNoteProps {
  title: string
  text: string
  children?: ReactNode
}

/** Empty, failed, expired: what happened in one sentence and one way on. */
export function PageNote({ title, text, children }: PageNoteProps) {
  return (
    <section className="evening grid h-full place-items-center px-6 py-10">
      <div className="rises flex max-w-sm flex-col items-center gap-4 text-center">
        <h1 className="text-[2rem]">{title}</h1>
        <p className="text-muted text-pretty">{text}</p>
        {children}
      </div>
    </section>
  )
}
