import type { Me } from '#contract/api'
import { LinkingTexts } from '../linking/linking-texts.tsx'
import { Page } from '../shell/page.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { ExportSection } from './export-section.tsx'
import { LeaveSection } from './leave-section.tsx'
import { LeavingTexts } from './leaving-texts.tsx'

/** `/settings/data`: all of one's own in one file, and the way out. */
export function DataPage({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <Page me={me} title={t('menu-data')} back="/settings">
      <LinkingTexts>
        <LeavingTexts>
          <Sections me={me} />
        </LeavingTexts>
      </LinkingTexts>
    </Page>
  )
}

function Sections({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="px-1 pt-2 text-[2.5rem]">{t('menu-data')}</h1>
      <ExportSection me={me} />
      <LeaveSection me={me} />
    </div>
  )
}
