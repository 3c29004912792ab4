import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { connectRedis } from '#platform/redis'
import { freePort } from '#test/free-port'
import { startClusterNode } from '#test/redis-cluster'
import { wholeFile } from '#test/scope'
import { silentLog } from '#test/silent-log'
import { tempFolder } from '#test/temp-folder'
import { waitFor } from '#test/wait-for'
import { connected } from './contracts.ts'

const folder = await tempFolder(wholeFile)
const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
await promisify(execFile)('openssl', [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
  ...['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
])
const port = await freePort()
const node = await startClusterNode(wholeFile, folder, [
  ...['--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key],
  ...['--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no', '--tls-cluster', 'yes'],
])
await node.ask('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')

test('a server with a certificate that nobody vouches for is not talked to', async () => {
  const refusals: string[] = []
  const url = `rediss://127.0.0.1:${port}`
  const log = { ...silentLog, warn: (event: string) => void refusals.push(event) }
  const redis = await connectRedis({ url, log })
  await waitFor(() => refusals.includes('redis.lost'))
  assert.equal(redis.isReady, false)
  redis.destroy()
})

test('over TLS one server and a cluster answer as ever', async () => {
  tls.setDefaultCACertificates([await readFile(certificate, 'utf8')])
  for (const url of [`rediss://127.0.0.1:${port}`, `rediss+cluster://127.0.0.1:${port}`]) {
    const redis = await connected(url)
    await waitFor(async () => (await redis.set('a', url, { PX: 60_000 })) === 'OK')
    assert.equal((await redis.get('a'))?.toString(), url)
  }
})
