import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences about the balance, buying and the subscription. */
export const CreditsTexts = moreTexts({
  ru: () => import('../../locales/ru/web-credits.ftl'),
  en: () => import('../../locales/en/web-credits.ftl'),
})
