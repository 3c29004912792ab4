import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences of the page of reminders. */
export const RemindersTexts = moreTexts({
  ru: () => import('../../locales/ru/web-reminders.ftl'),
  en: () => import('../../locales/en/web-reminders.ftl'),
})
