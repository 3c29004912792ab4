import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences about links, logins and devices. */
export const LinkingTexts = moreTexts({
  ru: () => import('../../locales/ru/web-linking.ftl'),
  en: () => import('../../locales/en/web-linking.ftl'),
})
