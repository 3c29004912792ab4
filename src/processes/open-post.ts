import { createMailer, createPostbox, type Postbox } from '#edges/mail'
import type { Ground } from './lay-ground.ts'
import type { Surroundings } from './surroundings.ts'

/** Everything this process mails goes through here, whichever role asked for it. */
export interface Post {
  /** Hands a mail over and returns at once. */
  post: Postbox['post']
  /** Resolves when what was handed over is on its way. */
  close(): Promise<void>
}

export function openPost({ texts, log }: Ground, { mail, publicUrl }: Surroundings): Post {
  const mailer = createMailer({ ...mail, siteUrl: publicUrl, texts })
  const postbox = createPostbox({ mailer, log })
  return {
    post: postbox.post,
    async close() {
      await postbox.idle()
      mailer.close()
    },
  }
}
