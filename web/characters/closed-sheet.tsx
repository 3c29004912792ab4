import type { Help } from '#contract/api'
import { ClosedNote } from '../shell/closed-note.tsx'
import { Sheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Instead of the question about age, for somebody who has answered it in their own words. */
export function ClosedSheet({ help, onClose }: { help: Help; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('closed-title')} onClose={onClose}>
      <ClosedNote help={help} />
    </Sheet>
  )
}
