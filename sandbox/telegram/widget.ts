import { createHash, createHmac } from 'node:crypto'
import { checkString } from './init-data.ts'
import type { Person } from './person.ts'

export type WidgetOptions = { authDateSeconds?: number; photoUrl?: string; token?: string }

/** The Login Widget's fields for a person, signed with the bot's token (core.telegram.org/widgets/login-legacy). */
export function writeWidget(person: Person, options: WidgetOptions, token: string, nowSeconds: number) {
  const fields: Record<string, string> = {
    id: String(person.id),
    first_name: person.firstName,
    ...(person.lastName ? { last_name: person.lastName } : {}),
    ...(person.username ? { username: person.username } : {}),
    ...(options.photoUrl ? { photo_url: options.photoUrl } : {}),
    auth_date: String(options.authDateSeconds ?? nowSeconds),
  }
  const secret = createHash('sha256')
    .update(options.token ?? token)
    .digest()
  const hash = createHmac('sha256', secret).update(checkString(fields)).digest('hex')
  return { ...fields, id: person.id, auth_date: Number(fields.auth_date), hash }
}
