import type { Persona } from '#contract/api'
import { useTexts } from '../texts/texts-provider.tsx'
import { StoryCard } from './story-card.tsx'

interface StoryCardsProps {
  persona: Persona
  chosen: string | undefined
  onChoose(id: string): void
}

/** The openings of one companion; exactly one is chosen. */
export function StoryCards({ persona, chosen, onChoose }: StoryCardsProps) {
  const { t } = useTexts()
  return (
    <fieldset>
      <legend>
        <h2 className="mt-8 mb-4 text-[1.75rem] lg:mt-4">{t('stories-title')}</h2>
      </legend>
      <div className="grid gap-4 sm:grid-cols-2">
        {persona.stories.map((story) => (
          <StoryCard
            key={story.id}
            story={story}
            art={`/stories/${persona.id}-${story.id}.svg`}
            chosen={story.id === chosen}
            onChoose={() => onChoose(story.id)}
          />
        ))}
      </div>
    </fieldset>
  )
}
