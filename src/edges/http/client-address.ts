import { BlockList, isIP } from 'node:net'
import type { AppContext } from './app-env.ts'

const FORWARDED_MAX = 20

/**
 * Tells where a request comes from. `X-Forwarded-For` is believed only as far as it was written by `trustedProxies`
 * (addresses or `address/bits`): read from the right, the first address that is not one of them is the client.
 * @throws RangeError for an entry that is no address
 */
export function createAddressReader(trustedProxies: readonly string[]): (c: AppContext) => string {
  const trusted = new BlockList()
  for (const entry of trustedProxies) trust(trusted, entry)
  return (c) => {
    const peer = plain(c.env?.incoming?.socket?.remoteAddress ?? '')
    if (!isTrusted(trusted, peer)) return peer
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').slice(-FORWARDED_MAX).reverse()
    let nearest = peer
    for (const entry of forwarded) {
      const address = plain(entry.trim())
      if (!isIP(address)) return nearest
      nearest = address
      if (!isTrusted(trusted, address)) return address
    }
    return nearest
  }
}

/** A client with IPv6 owns at least a /64: limits that count single addresses would not count it at all. */
export function addressGroup(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  return groups.slice(0, 4).join(':').toLowerCase()
}

const ownMachine = new BlockList()
ownMachine.addSubnet('127.0.0.0', 8, 'ipv4')
ownMachine.addAddress('::1', 'ipv6')

/**
 * What everything that comes from one client is counted under, whoever is signed in; null for this machine itself: that
 * is a proxy that nobody named, behind which everybody would be one client.
 */
export function strangerOf(address: string): string | null {
  return isTrusted(ownMachine, address) ? null : addressGroup(address)
}

function trust(list: BlockList, entry: string): void {
  const [address = '', bits] = entry.trim().split('/')
  const version = isIP(address)
  if (!version || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new RangeError('a trusted proxy is no address')
  const family = version === 6 ? 'ipv6' : 'ipv4'
  if (bits === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(bits), family)
}

function isTrusted(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** A socket that listens on both families shows IPv4 clients as `::ffff:192.0.2.1`. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
