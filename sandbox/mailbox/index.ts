export type { MailControl, MailControlPatch } from './control.ts'
export type { Mail } from './mail.ts'
export type { Mailbox } from './start-mailbox.ts'
export { startMailbox } from './start-mailbox.ts'
