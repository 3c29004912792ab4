import { lastingStorage } from '../shell/guarded-storage.ts'

export const MOODS = ['system', 'day', 'night'] as const
export const MOTIONS = ['system', 'less'] as const
export type Mood = (typeof MOODS)[number]
export type Motion = (typeof MOTIONS)[number]

const MOOD_KEY = 'vitte.mood'
const MOTION_KEY = 'vitte.motion'

/** When the two colours of the browser's own bar (index.html) hold: the day's, then the night's. */
const BARS: Record<Mood, [string, string]> = {
  system: ['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)'],
  day: ['all', 'not all'],
  night: ['not all', 'all'],
}

/** Puts on what was chosen in this browser, before anything is drawn. In Telegram its own theme sets the mood. */
export function wearAppearance(inTelegram: boolean): void {
  const { dataset } = document.documentElement
  dataset.motion = readMotion()
  if (inTelegram) return
  const mood = readMood()
  dataset.mood = mood
  for (const [at, bar] of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]').entries()) {
    bar.media = BARS[mood][at] ?? ''
  }
}

export function readMood(): Mood {
  const kept = lastingStorage.get(MOOD_KEY)
  return MOODS.find((mood) => mood === kept) ?? 'system'
}

export function readMotion(): Motion {
  const kept = lastingStorage.get(MOTION_KEY)
  return MOTIONS.find((motion) => motion === kept) ?? 'system'
}

export function chooseMood(mood: Mood): void {
  lastingStorage.set(MOOD_KEY, mood)
  wearAppearance(false)
}

export function chooseMotion(motion: Motion, inTelegram: boolean): void {
  lastingStorage.set(MOTION_KEY, motion)
  wearAppearance(inTelegram)
}
