import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences of the page about one's own data. */
export const LeavingTexts = moreTexts({
  ru: () => import('../../locales/ru/web-leaving.ftl'),
  en: () => import('../../locales/en/web-leaving.ftl'),
})
