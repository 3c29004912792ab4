export type { CodeMail, Mail, Note, NoteMail } from './mail.ts'
export { createMailer, type Mailer, MailRefusedError } from './mailer.ts'
export { createPostbox, type Postbox } from './postbox.ts'
