import { type ReactNode, useId } from 'react'

/** A titled part of a page of one's own. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className="mt-8">
      <div className="mb-2 flex min-h-11 items-center justify-between gap-3 px-1">
        <h2 id={titleId} className="text-[1.5rem]">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}

/** One line: a mark, what it is, and what can be done with it. */
export function Row({ mark, children, action }: { mark: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2.5">
      <span className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">{mark}</span>
      <span className="min-w-0 flex-1 leading-snug">{children}</span>
      {action}
    </li>
  )
}
