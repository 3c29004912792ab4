import { LOCALES, type Locale } from '#contract/words'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

const NAMES: Record<Locale, string> = { ru: 'Русский', en: 'English' }

/** The language of the product and of the companions' first lines, for this user everywhere. */
export function LanguageSwitch() {
  const { t, locale, speak } = useTexts()
  const api = useApi()
  const cache = useCache()
  const change = useAction(
    (wanted: Locale) => {
      speak(wanted)
      return api.call('PATCH', '/api/me', { body: { locale: wanted } })
    },
    {
      onDone: () => cache.renewAll(),
      onError: () => {
        speak(locale)
        tell(t('error-unreachable'))
      },
    },
  )
  return (
    <fieldset className="mt-3 flex items-center justify-between gap-3">
      <legend className="float-left text-muted">{t('menu-language')}</legend>
      <div className="flex rounded-full border border-line p-1">
        {LOCALES.map((option) => (
          <label
            key={option}
            className="relative cursor-pointer rounded-full px-4 py-1.5 text-[0.9375rem] has-checked:bg-accent has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="locale"
              className="sr-only"
              checked={option === locale}
              onChange={() => change.run(option)}
            />
            <span lang={option}>{NAMES[option]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
