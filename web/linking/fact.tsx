import type { ReactNode } from 'react'

/** One line of a list of terms: what it is about, and what is so. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-5 py-2.5">
      <dt className="text-muted">{name}</dt>
      <dd className="ml-auto text-right [overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}
