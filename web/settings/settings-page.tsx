import type { Me } from '#contract/api'
import { LOCALES, type Locale } from '#contract/words'
import { LegalLinks } from '../legal/legal-links.tsx'
import { Section } from '../logins/section.tsx'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { FirstWord } from './first-word.tsx'
import { LookSection } from './look-section.tsx'
import { OwnLinks } from './own-links.tsx'
import { SavedMark } from './saved-mark.tsx'
import { Segments } from './segments.tsx'
import { SettingsTexts } from './settings-texts.tsx'
import { useSaving } from './use-saving.ts'
import { ZoneRow } from './zone-row.tsx'

const LANGUAGES: Record<Locale, string> = { ru: 'Русский', en: 'English' }

/** `/settings`: language and clock, who writes first, how the page looks, and the way to everything else of one's own. */
export function SettingsPage({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <Page me={me} title={t('menu-settings')} back={me.conversation ? '/' : '/characters'}>
      <SettingsTexts>
        <Sections me={me} />
      </SettingsTexts>
    </Page>
  )
}

function Sections({ me }: { me: Me }) {
  const { t } = useTexts()
  const saving = useSaving(me.user)
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="px-1 pt-2 text-[2.5rem]">{t('menu-settings')}</h1>
      <Section title={t('settings-day')} action={<SavedMark shown={saving.saved === 'day'} />}>
        <div className="card divide-y divide-line">
          <div className="px-4 py-3">
            <Segments
              legend={t('settings-language')}
              options={LOCALES.map((value) => ({ value, text: LANGUAGES[value], lang: value }))}
              chosen={me.user.locale}
              onChoose={(locale) => saving.save('day', { locale })}
            />
          </div>
          <ZoneRow timezone={me.user.timezone} onChoose={(timezone) => saving.save('day', { timezone })} />
        </div>
      </Section>
      <FirstWord me={me} saving={saving} />
      <LookSection saving={saving} />
      <OwnLinks />
      <div className="px-1">
        <LegalLinks />
      </div>
    </div>
  )
}
