import { LOCALES } from '#contract/words'
import { backTo, ticked } from './back-to.ts'
import { bold } from './formatted.ts'
import { label, type ShowView, say, viewOf } from './view.ts'

/** Each language is offered by its own name. */
export const showLanguage: ShowView = async (deps, at) => {
  const choices = LOCALES.map((locale) => ({
    text: ticked(deps.texts.say(locale, 'button-own-language'), locale === at.locale),
    verb: 'language' as const,
    argument: locale,
  }))
  return viewOf(
    deps,
    at,
    [bold(label(deps, at, 'language')), '\n\n', say(deps, at, 'language')],
    [choices, [backTo(deps, at, 'settings')]],
  )
}
