import { useId } from 'react'

interface SegmentsProps<Value extends string> {
  legend: string
  options: readonly { value: Value; text: string; lang?: string }[]
  chosen: Value
  onChoose(value: Value): void
}

/** A few ways, one of them chosen: radio buttons that look like one piece. */
export function Segments<Value extends string>({ legend, options, chosen, onChoose }: SegmentsProps<Value>) {
  const name = useId()
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <legend className="float-left py-1.5">{legend}</legend>
      <div className="flex rounded-full border border-line bg-ground/60 p-1">
        {options.map(({ value, text, lang }) => (
          <label
            key={value}
            className="relative flex min-h-9 cursor-pointer items-center rounded-full px-3.5 text-[0.9375rem] transition-colors duration-(--quick) has-checked:bg-accent has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === chosen}
              onChange={() => onChoose(value)}
            />
            <span lang={lang}>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
