import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Program, startProgram } from './child-process.ts'
import { bareEnvironment } from './environment.ts'
import { freePort } from './free-port.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { tempFolder } from './temp-folder.ts'
import { NGINX, requireTool } from './tools.ts'

const START_DEADLINE_MS = 20_000
const TEMPLATE = new URL('../../deploy/nginx.conf.template', import.meta.url).pathname

/** Where the nginx image puts the host's name. */
const HOST_PLACE = /\$\{VITTE_HOST\}/g

/** What stands around a site's file in every installation of nginx. */
const AROUND = (folder: string) => `
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr notice;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  include ${folder}/site.conf;
}
`

/** The file that we ship, as the nginx image fills it in. */
export async function shippedSite(host: string): Promise<string> {
  return (await readFile(TEMPLATE, 'utf8')).replaceAll(HOST_PLACE, host)
}

/** Lays a configuration out; `args` of nginx lead to it. */
export async function layNginx(
  scope: Scope,
  site: string,
): Promise<{ command: string; args: string[]; folder: string }> {
  const folder = await tempFolder(scope, 'vitte-nginx')
  await writeFile(join(folder, 'nginx.conf'), AROUND(folder))
  await writeFile(join(folder, 'site.conf'), site)
  const args = ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')]
  return { command: requireTool(NGINX), args, folder }
}

/**
 * A real nginx before Vitte at `port` and `others` of loopback, with the site's file that we ship: on a free port of
 * loopback, and without TLS, which asks for a name and a certificate.
 */
export async function startNginx(
  scope: Scope = wholeFile,
  { port: first, others = [] }: { port: number; others?: readonly number[] },
): Promise<{ url: string }> {
  const port = await freePort()
  const unused = await freePort()
  const site = (await shippedSite('127.0.0.1'))
    .replace(/server http:3000(.*);/, (_, how) =>
      [first, ...others].map((each) => `server 127.0.0.1:${each}${how};`).join('\n  '),
    )
    .replace('listen 80;', `listen 127.0.0.1:${unused};`)
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port};`)
    .replaceAll(/^ *ssl_.*$/gm, '')
  const { command, args } = await layNginx(scope, site)
  const program: Program = startProgram({ command, args: [...args, '-g', 'daemon off;'], env: bareEnvironment() })
  atEnd(scope, async () => {
    program.kill('SIGQUIT')
    await program.exited
  })
  await program.line(/start worker process \d+/, START_DEADLINE_MS)
  return { url: `http://127.0.0.1:${port}` }
}
