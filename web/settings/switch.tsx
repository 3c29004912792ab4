import { type ReactNode, useId } from 'react'

interface SwitchProps {
  text: string
  /** What it means, below the name. */
  detail?: ReactNode
  on: boolean
  onChange(on: boolean): void
}

/** Yes or no, at once. The whole line can be pressed. */
export function Switch({ text, detail, on, onChange }: SwitchProps) {
  const detailId = useId()
  return (
    <label className="flex cursor-pointer items-start justify-between gap-4">
      <span className="min-w-0 flex-1">
        <span className="block">{text}</span>
        {detail && (
          <span id={detailId} className="mt-0.5 block text-[0.875rem] text-muted text-pretty">
            {detail}
          </span>
        )}
      </span>
      <span className="relative mt-0.5 h-7 w-12 shrink-0 rounded-full bg-muted/80 transition-colors duration-(--quick) has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
        <input
          type="checkbox"
          role="switch"
          className="peer sr-only"
          checked={on}
          aria-checked={on}
          aria-label={text}
          aria-describedby={detail ? detailId : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="absolute top-1 left-1 size-5 rounded-full bg-raised transition-transform duration-(--quick) peer-checked:translate-x-5" />
      </span>
    </label>
  )
}
