import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import type { Credits } from '#contract/api'
import { isQuietHours } from '#domain/identity'
import { parseFailpoints } from '#platform/failpoints'
import { parseRedisUrl } from '#platform/redis'
import { isAddressOrRange, parseCredits, parseDuration, parseList, parseOidcProviders } from './config-values.ts'

export const ROLES = ['http', 'bot', 'worker'] as const
export type ProcessRole = (typeof ROLES)[number]

const TELEGRAM_API_ROOT = 'https://api.telegram.org'
const TELEGRAM_ISSUER = 'https://oauth.telegram.org'

/** A setting is wrong; the sentence names the variable and is for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
const origin = url.refine((value) => new URL(value).origin === value, 'must be scheme, host and port alone')
const price = (max: number) => z.coerce.number().min(0).max(max)
const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

/** Every variable of the contract, section 2. An empty one counts as not set. */
const environment = z.object({
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or a name')
    .default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3000),
  PUBLIC_URL: origin.optional(),
  ROLES: z
    .string()
    .default(ROLES.join(','))
    .transform((value) => parseList(value))
    .pipe(z.array(z.enum(ROLES)).min(1)),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  REDIS_URL: z.string().transform(orIssue(checkRedisUrl)).optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[A-Za-z0-9_-]{10,}$/, 'must look like 123456:ABC…')
    .optional(),
  TELEGRAM_API_ROOT: url.default(TELEGRAM_API_ROOT),
  TELEGRAM_MODE: z.enum(['webhook', 'polling']).optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}(,[A-Za-z0-9_-]{1,256})?$/, 'must be 1-256 of A-Z a-z 0-9 _ -, or two of them')
    .optional(),
  TELEGRAM_MESSAGES_PER_SECOND: integer(1, 1_000).default(30),
  TELEGRAM_INIT_DATA_VERIFY: z.enum(['hmac', 'signature']).default('hmac'),
  TELEGRAM_OIDC_CLIENT_ID: z.string().optional(),
  TELEGRAM_OIDC_CLIENT_SECRET: z.string().optional(),
  TELEGRAM_OIDC_ISSUER: url.default(TELEGRAM_ISSUER),
  LLM_MODEL: z.string().optional(),
  LLM_BASE_URL: url.optional(),
  LLM_API_KEY: z.string().optional(),
  LLM_FALLBACK_MODEL: z.string().optional(),
  LLM_CONTEXT_TOKENS: integer(2_048, 10_000_000).optional(),
  LLM_FIRST_TOKEN_TIMEOUT_MS: integer(100, 600_000).default(15_000),
  LLM_TIMEOUT_MS: integer(100, 600_000).default(60_000),
  LLM_DAILY_TOKENS: integer(0, 1_000_000_000_000).optional(),
  LLM_PRICE_INPUT: price(100_000).optional(),
  LLM_PRICE_OUTPUT: price(100_000).optional(),
  LLM_DAILY_BUDGET: price(1_000_000_000).optional(),
  MODERATION_URL: url.optional(),
  MODERATION_KEY: z.string().optional(),
  MODERATION_MODEL: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address, or Name <address>')
    .optional(),
  MASTER_KEY: z.string().optional(),
  MASTER_KEY_PREVIOUS: z.string().optional(),
  WELCOME_CREDITS_TELEGRAM: credits('basic:50,pro:5,cassandra:3'),
  WELCOME_CREDITS_WEB: credits('basic:10'),
  DELIVERY_MAX_ATTEMPTS: integer(1, 100).default(8),
  DELIVERY_BACKOFF_BASE_MS: integer(1, 3_600_000).default(1000),
  DELIVERY_BACKOFF_MAX_MS: integer(1, 86_400_000).default(300_000),
  LINK_TOKEN_TTL_SECONDS: integer(1, 86_400).default(600),
  ENGAGEMENT_AFTER: z
    .string()
    .default('72h')
    .transform(orIssue(parseDuration))
    .refine((ms) => ms > 0, 'must be at least 1s'),
  QUIET_HOURS: z.string().refine(isQuietHours, 'must be hours like 22:00-09:00, or none').default('22:00-09:00'),
  PROACTIVE_DAILY_CAP: integer(0, 100).default(1),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(parseList)
    .pipe(z.array(z.string().refine(isAddressOrRange, 'must be an IP address or a range like 10.0.0.0/8'))),
  ADMIN_TELEGRAM_IDS: z
    .string()
    .default('')
    .transform(parseList)
    .pipe(z.array(z.string().regex(/^\d{1,16}$/, 'must be numeric Telegram ids'))),
  OPERATOR_ADDRESS: z
    .string()
    .regex(/^[^\r\n]{1,300}$/, 'must be one line of at most 300 characters')
    .optional(),
  FAILPOINTS: z.string().default('').transform(orIssue(parseFailpoints)),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

type Environment = z.infer<typeof environment>

/** The settings of a process, checked and with defaults. */
export interface Config extends Omit<Environment, 'PUBLIC_URL' | 'TELEGRAM_MODE'> {
  /** Without a trailing slash; null when it follows the port that was taken. */
  PUBLIC_URL: string | null
  TELEGRAM_MODE: 'webhook' | 'polling'
  OIDC_PROVIDERS: OidcProviderSettings[]
}

export interface OidcProviderSettings {
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  label: string
}

/**
 * Reads and checks the environment: the only place that does.
 * @throws ConfigError naming every variable that is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const settings = parsed.data
  const publicUrl = settings.PUBLIC_URL ?? null
  const config: Config = {
    ...settings,
    DATA_DIR: isAbsolute(settings.DATA_DIR) ? settings.DATA_DIR : resolve(settings.DATA_DIR),
    PUBLIC_URL: publicUrl,
    TELEGRAM_MODE: settings.TELEGRAM_MODE ?? (publicUrl?.startsWith('https:') ? 'webhook' : 'polling'),
    OIDC_PROVIDERS: orThrow(() => parseOidcProviders(given)),
  }
  checkTogether(config)
  return config
}

/** What only shows when settings are seen side by side. */
function checkTogether(config: Config): void {
  if (config.DATABASE_URL && !config.MASTER_KEY) {
    throw new ConfigError('MASTER_KEY: required with DATABASE_URL (base64 of 32 random bytes: openssl rand -base64 32)')
  }
  if (config.MASTER_KEY_PREVIOUS && !config.MASTER_KEY) {
    throw new ConfigError('MASTER_KEY: required with MASTER_KEY_PREVIOUS, as the key that takes its place')
  }
  if (config.LLM_BASE_URL && !config.LLM_MODEL) {
    throw new ConfigError('LLM_MODEL: required with LLM_BASE_URL, as openai-compatible:<model>')
  }
  if (config.LLM_DAILY_BUDGET !== undefined && !(priced(config.LLM_PRICE_INPUT) && priced(config.LLM_PRICE_OUTPUT))) {
    throw new ConfigError('LLM_PRICE_INPUT, LLM_PRICE_OUTPUT: needed with LLM_DAILY_BUDGET, per million tokens')
  }
  if (config.MODERATION_KEY && !config.MODERATION_URL) {
    throw new ConfigError('MODERATION_URL: required with MODERATION_KEY')
  }
  if (Boolean(config.TELEGRAM_OIDC_CLIENT_ID) !== Boolean(config.TELEGRAM_OIDC_CLIENT_SECRET)) {
    throw new ConfigError('TELEGRAM_OIDC_CLIENT_SECRET: needed together with TELEGRAM_OIDC_CLIENT_ID')
  }
  const webhook = config.TELEGRAM_BOT_TOKEN && config.TELEGRAM_MODE === 'webhook'
  if (webhook && config.TELEGRAM_API_ROOT === TELEGRAM_API_ROOT && !config.PUBLIC_URL?.startsWith('https:')) {
    throw new ConfigError('TELEGRAM_MODE: webhook needs an https PUBLIC_URL at Telegram itself; polling works without')
  }
}

function checkRedisUrl(value: string): string {
  parseRedisUrl(value)
  return value
}

/** A price of nothing would make any budget last for ever. */
function priced(price: number | undefined): boolean {
  return price !== undefined && price > 0
}

function credits(standard: string) {
  return z.string().default(standard).transform<Credits>(orIssue(parseCredits))
}

/** A parser that throws, as a step of a schema. */
function orIssue<Value>(parse: (text: string) => Value) {
  return (text: string, context: z.RefinementCtx): Value => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not understood' })
      return z.NEVER
    }
  }
}

function orThrow<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : 'configuration is not understood')
  }
}
