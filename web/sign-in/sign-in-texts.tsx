import { moreTexts } from '../texts/more-texts.tsx'

/** The sentences of the sign-in page: the talk has no use for them. */
export const SignInTexts = moreTexts({
  ru: () => import('../../locales/ru/web-sign-in.ftl'),
  en: () => import('../../locales/en/web-sign-in.ftl'),
})
