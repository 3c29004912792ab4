import { flag, integer, list, type Params, text } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Method } from './method.ts'

const SECRET = /^[A-Za-z0-9_-]{1,256}$/u
const CONNECTIONS_MAX = 100

/** Bot API getUpdates. */
export const getUpdates: Method = (world, params, gone) =>
  world.poller.poll({
    offset: integer(params, 'offset'),
    limit: integer(params, 'limit'),
    timeoutSeconds: integer(params, 'timeout'),
    allowed: allowedUpdates(params),
    gone,
  })

/** Bot API setWebhook. Unlike Telegram, any http address and port will do, and the pace of calls is not limited. */
export const setWebhook: Method = (world, params) => {
  const url = text(params, 'url') ?? ''
  if (url !== '' && !(URL.canParse(url) && /^https?:/u.test(url)))
    throw badRequest('bad webhook: invalid webhook URL specified')
  const secretToken = text(params, 'secret_token')
  if (secretToken !== undefined && secretToken !== '' && !SECRET.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters')
  }
  const maxConnections = integer(params, 'max_connections')
  if (maxConnections !== undefined && (maxConnections < 1 || maxConnections > CONNECTIONS_MAX)) {
    throw badRequest('bad webhook: max_connections must be between 1 and 100')
  }
  const allowed = allowedUpdates(params)
  if (allowed) world.updates.allow(allowed)
  if (flag(params, 'drop_pending_updates')) world.updates.clear()
  if (url !== '') world.poller.endForWebhook()
  world.webhook.set(
    url === '' ? null : { url, ...(secretToken ? { secretToken } : {}), ...(maxConnections ? { maxConnections } : {}) },
  )
  return true
}

/** Bot API deleteWebhook. */
export const deleteWebhook: Method = (world, params) => {
  if (flag(params, 'drop_pending_updates')) world.updates.clear()
  world.webhook.set(null)
  return true
}

/** Bot API getWebhookInfo. */
export const getWebhookInfo: Method = (world) => {
  const config = world.webhook.config()
  const error = world.webhook.lastError()
  const allowed = world.updates.allowed()
  return {
    url: config?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.updates.pending().length,
    ...(config ? { max_connections: config.maxConnections ?? 40 } : {}),
    ...(error ? { last_error_date: error.date, last_error_message: error.message } : {}),
    ...(allowed.length > 0 ? { allowed_updates: allowed } : {}),
  }
}

/** Absent keeps the list of before; an empty list means the default set. */
function allowedUpdates(params: Params): string[] | undefined {
  return list(params, 'allowed_updates')?.map(String)
}
