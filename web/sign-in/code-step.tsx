import { useLocation } from 'wouter'
import type { ConfirmRequired, User } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { keepLinkSecret } from '../linking/kept-secret.ts'
import { CodeForm } from './code-form.tsx'

interface CodeStepProps {
  email: string
  send: string
  onDone(): void | Promise<void>
  onError?(error: unknown): void
  onOther?: (() => void) | undefined
}

/** The code from the mail as a sign-in. Joining two people who both have something to lose is asked about at `/link`. */
export function CodeStep({ email, send, onDone, onError, onOther }: CodeStepProps) {
  const api = useApi()
  const [, navigate] = useLocation()
  const verify = useAction(
    (code: string) =>
      api.call<{ user: User } | ConfirmRequired>('POST', '/api/auth/email/verify', { body: { email, code } }),
    {
      onDone(answer) {
        if (!('status' in answer)) return onDone()
        keepLinkSecret(answer.token)
        navigate('/link')
      },
      ...(onError && { onError }),
    },
  )
  return <CodeForm email={email} take={verify} send={send} onOther={onOther} />
}
