import type { Me } from '#contract/api'

/** What this user gains by connecting Telegram, in the server's words. */
export function Reasons({ offer }: { offer: NonNullable<Me['offers']['connectTelegram']> }) {
  return (
    <ul className="flex flex-col gap-2 text-[0.9375rem]">
      {offer.reasons.map((reason) => (
        <li key={reason} className="flex gap-2.5">
          <span aria-hidden="true" className="mt-[0.6em] size-1.5 shrink-0 rounded-full bg-accent" />
          <span className="text-pretty">{reason}</span>
        </li>
      ))}
    </ul>
  )
}
