import { useState } from 'react'
import { Section } from '../logins/section.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { chooseMood, chooseMotion, MOODS, MOTIONS, readMood, readMotion } from '../theme/appearance.ts'
import { SavedMark } from './saved-mark.tsx'
import { Segments } from './segments.tsx'
import type { Saving } from './use-saving.ts'

/** Day or night, and how much moves: kept in this browser. Inside Telegram its own theme rules. */
export function LookSection({ saving }: { saving: Saving }) {
  const { t } = useTexts()
  const inTelegram = useTelegram() !== null
  const [mood, setMood] = useState(readMood)
  const [motion, setMotion] = useState(readMotion)
  return (
    <Section title={t('settings-look')} action={<SavedMark shown={saving.saved === 'look'} />}>
      <div className="card divide-y divide-line">
        <div className="px-4 py-3">
          {inTelegram ? (
            <p className="text-[0.9375rem] text-muted text-pretty">{t('settings-mood-telegram')}</p>
          ) : (
            <Segments
              legend={t('settings-mood')}
              options={MOODS.map((value) => ({ value, text: t(`settings-mood-${value}`) }))}
              chosen={mood}
              onChoose={(chosen) => {
                chooseMood(chosen)
                setMood(chosen)
                saving.kept('look')
              }}
            />
          )}
        </div>
        <div className="px-4 py-3">
          <Segments
            legend={t('settings-motion')}
            options={MOTIONS.map((value) => ({ value, text: t(`settings-motion-${value}`) }))}
            chosen={motion}
            onChoose={(chosen) => {
              chooseMotion(chosen, inTelegram)
              setMotion(chosen)
              saving.kept('look')
            }}
          />
        </div>
      </div>
    </Section>
  )
}
