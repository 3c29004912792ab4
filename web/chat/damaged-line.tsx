import { useTexts } from '../texts/texts-provider.tsx'
import { SystemLine } from './system-line.tsx'

/** Stands where a message lay that cannot be opened any more. */
export function DamagedLine() {
  const { t } = useTexts()
  return <SystemLine text={t('message-damaged')} />
}
