import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences around what people agree to. */
export const LegalTexts = moreTexts({
  ru: () => import('../../locales/ru/web-legal.ftl'),
  en: () => import('../../locales/en/web-legal.ftl'),
})
