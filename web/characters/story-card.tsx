import { useState } from 'react'
import type { Story } from '#contract/api'
import { CheckIcon } from '../shell/icons.tsx'

interface StoryCardProps {
  story: Story
  art: string
  chosen: boolean
  onChoose(): void
}

export function StoryCard({ story, art, chosen, onChoose }: StoryCardProps) {
  const [drawn, setDrawn] = useState(true)
  return (
    <label className="card group relative flex cursor-pointer flex-col overflow-hidden transition-[border-color,box-shadow] duration-200 hover:border-accent/50 has-checked:border-accent has-checked:shadow-[0_0_0_1px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
      <input type="radio" name="story" className="sr-only" checked={chosen} onChange={onChoose} />
      {drawn && (
        <img
          src={art}
          alt=""
          loading="lazy"
          className="aspect-[16/9] w-full bg-accent-soft object-cover"
          onError={() => setDrawn(false)}
        />
      )}
      {chosen && (
        <span className="appears absolute top-3 right-3 grid size-8 place-items-center rounded-full bg-accent text-accent-ink">
          <CheckIcon className="size-4" />
        </span>
      )}
      <span className="block p-5">
        <span className="display block text-[1.375rem]">{story.title}</span>
        <span className="mt-1 block text-[0.9375rem] text-muted leading-snug text-pretty">{story.teaser}</span>
      </span>
    </label>
  )
}
