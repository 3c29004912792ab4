import type { Persona } from '#contract/api'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { StoryCard } from './story-card.tsx'

interface StoryCardsProps {
  persona: Persona
  chosen: string | undefined
  /** The story that was asked for is not told any more. */
  gone: boolean
  onChoose(id: string): void
}

/** The openings of one companion; exactly one is chosen. */
export function StoryCards({ persona, chosen, gone, onChoose }: StoryCardsProps) {
  const { t } = useTexts()
  const telegram = useTelegram()
  return (
    <fieldset>
      <legend>
        <h2 className="mt-8 mb-4 text-[1.75rem] lg:mt-4">{t('stories-title')}</h2>
      </legend>
      {gone && (
        <p role="alert" className="card mb-4 px-4 py-3 text-pretty">
          {t('story-gone')}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {persona.stories.map((story) => (
          <StoryCard
            key={story.id}
            story={story}
            art={`/stories/${persona.id}-${story.id}.svg`}
            chosen={story.id === chosen}
            onChoose={() => {
              telegram?.feel('choice')
              onChoose(story.id)
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}
