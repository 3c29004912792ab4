import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences of the pages of one's own: settings, memory, all conversations. */
export const SettingsTexts = moreTexts({
  ru: () => import('../../locales/ru/web-settings.ftl'),
  en: () => import('../../locales/en/web-settings.ftl'),
})
