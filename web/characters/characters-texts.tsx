import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences about companions, their stories and the beginning of a talk. */
export const CharactersTexts = moreTexts({
  ru: () => import('../../locales/ru/web-characters.ftl'),
  en: () => import('../../locales/en/web-characters.ftl'),
})
