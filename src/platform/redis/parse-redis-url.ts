const REDIS_PORT = 6379
const SENTINEL_PORT = 26379
const PORT_MAX = 65_535

/** Where a server listens. */
export interface Place {
  host: string
  port: number
}

/** Who we are to a server, and whether the line is encrypted. */
export interface Access {
  username?: string
  password?: string
  tls: boolean
}

/** What `REDIS_URL` names. */
export type RedisTarget =
  | { kind: 'server'; url: string }
  | { kind: 'cluster'; seeds: Place[]; access: Access }
  | { kind: 'sentinel'; sentinels: Place[]; master: string; access: Access; sentinelAccess: Access }

const MANY = /^(rediss?)\+(cluster|sentinel):\/\/(?:([^@/?]*)@)?([^@/?]+)(?:\/([^/?]*))?(?:\?(.*))?$/
const HOST = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/
const EXAMPLES = {
  server: 'redis://host:6379',
  cluster: 'redis+cluster://host:6379,host:6379',
  sentinel: 'redis+sentinel://host:26379,host:26379/master-name',
}

/** @throws Error with a sentence for the operator that repeats nothing of the value: it may hold a password */
export function parseRedisUrl(value: string): RedisTarget {
  if (/^rediss?:/.test(value)) return { kind: 'server', url: checkServer(value) }
  const [, scheme, kind, user, hosts = '', path = '', query = ''] = MANY.exec(value) ?? []
  if (kind !== 'cluster' && kind !== 'sentinel') {
    throw new Error(`must look like ${Object.values(EXAMPLES).join(', or ')} (rediss… with TLS)`)
  }
  const tls = scheme === 'rediss'
  const access = { ...readUser(user), tls }
  if (kind === 'cluster') {
    if (path || query)
      throw new Error(`must end behind the hosts, like ${EXAMPLES.cluster}: a cluster has one database`)
    return { kind, seeds: readHosts(hosts, REDIS_PORT), access }
  }
  const master = decode(path)
  if (!master)
    throw new Error(`must end with the name that the sentinels know the master by, like ${EXAMPLES.sentinel}`)
  return {
    kind,
    sentinels: readHosts(hosts, SENTINEL_PORT),
    master,
    access,
    sentinelAccess: { ...readSentinelUser(query), tls },
  }
}

function checkServer(value: string): string {
  const host = URL.parse(value)?.hostname
  if (host && !host.includes(',')) return value
  throw new Error(`must look like ${EXAMPLES.server}; several hosts need redis+cluster:// or redis+sentinel://`)
}

function readHosts(text: string, standardPort: number): Place[] {
  return text.split(',').map((item) => {
    const [, v6, name, port] = HOST.exec(item.trim()) ?? []
    const [host, number] = [v6 ?? name, port === undefined ? standardPort : Number(port)]
    if (!host || number < 1 || number > PORT_MAX) throw new Error('must have hosts like name:6379, with commas between')
    return { host, port: number }
  })
}

function readUser(text = ''): Pick<Access, 'username' | 'password'> {
  const colon = text.indexOf(':')
  const [username, password] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
  return { ...(username && { username: decode(username) }), ...(password && { password: decode(password) }) }
}

function readSentinelUser(query: string): Pick<Access, 'username' | 'password'> {
  const { username = '', password = '', ...others } = Object.fromEntries(new URLSearchParams(query))
  if (Object.keys(others).length > 0) {
    throw new Error('may have only username and password, those of the sentinels themselves, behind the question mark')
  }
  return { ...(username && { username }), ...(password && { password }) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error('must have its special characters written like %40')
  }
}
