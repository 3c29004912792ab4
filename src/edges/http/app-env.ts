import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Locale } from '#contract/words'
import type { SessionFinder } from '#domain/identity'
import type { Log } from '#platform/log'
import type { Texts } from '#platform/texts'
import type { Caller } from './caller.ts'
import type { HeadersFor } from './security-headers.ts'
import type { SessionCookie } from './session-cookie.ts'

/** What every request finds at hand. */
export interface Frame {
  publicUrl: URL
  texts: Texts
  log: Log
  cookie: SessionCookie
  headersFor: HeadersFor
  findSession: SessionFinder
  isOperator(caller: Caller): Promise<boolean>
}

export interface AppEnv {
  /** Absent when a test calls `app.request`. */
  Bindings: Partial<HttpBindings>
  Variables: {
    frame: Frame
    requestId: string
    /** The pattern of the route that answers, for metrics and logs. */
    route: string
    /** The caller's language once there is a caller, before that the one the browser asks for. */
    locale: Locale
    /** Where the request comes from, as far as trusted proxies tell. */
    clientAddress: string
    /** Who asks. Set on routes whose owner is `user` or `operator`; others use `recogniseCaller`. */
    caller: Caller
    /** What `recogniseCaller` found; undefined when nobody has asked yet. */
    recognised: Caller | null | undefined
    /** A cookie whose session was just prolonged. */
    renewedToken: string | undefined
    /** Gives the session of the cookie a new secret; see `FoundSession`. */
    changeSecret: (() => Promise<string | null>) | undefined
  }
}

export type App = OpenAPIHono<AppEnv>
export type AppContext = Context<AppEnv>
