import { PlaneIcon } from '../shell/icons.tsx'
import { KeyIcon, MailIcon } from '../shell/menu-icons.tsx'

export function LoginIcon({ provider, className }: { provider: string; className?: string }) {
  const Mark = provider === 'telegram' ? PlaneIcon : provider === 'email' ? MailIcon : KeyIcon
  return <Mark {...(className && { className })} />
}
