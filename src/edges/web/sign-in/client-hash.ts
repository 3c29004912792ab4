import { type AppContext, addressGroup } from '#edges/http'
import type { SignInDeps } from './sign-in-deps.ts'

/** Stands for a client's address in the audit: alike for the same, telling nothing by itself. */
export function clientHash(c: AppContext, { vault }: Pick<SignInDeps, 'vault'>): Buffer {
  return vault.hmac('audit client', addressGroup(c.var.clientAddress))
}
