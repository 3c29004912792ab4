export { type CodeMail, createMailer, type Mailer, MailRefusedError } from './mailer.ts'
export { createPostbox, type Postbox } from './postbox.ts'
