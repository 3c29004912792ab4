import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

const wrong = (env: Record<string, string>, name: string) =>
  assert.throws(
    () => readConfig(env),
    (error) => error instanceof ConfigError && error.message.includes(`${name}:`),
  )

test('with nothing set every setting has its default', () => {
  const config = readConfig({})
  assert.deepEqual(config.ROLES, ['http', 'bot', 'worker'])
  assert.deepEqual(config.WELCOME_CREDITS_TELEGRAM, { basic: 50, pro: 5, cassandra: 3 })
  assert.equal(config.TELEGRAM_MODE, 'polling')
  assert.equal(config.ENGAGEMENT_AFTER, 72 * 3_600_000)
})

test('a wrong value names its variable', () => {
  wrong({ PORT: 'eighty' }, 'PORT')
  wrong({ ROLES: 'http,cook' }, 'ROLES.1')
  wrong({ PUBLIC_URL: 'vitte' }, 'PUBLIC_URL')
  wrong({ TELEGRAM_BOT_TOKEN: 'x' }, 'TELEGRAM_BOT_TOKEN')
  wrong({ WELCOME_CREDITS_WEB: 'gold:1' }, 'WELCOME_CREDITS_WEB')
  wrong({ ENGAGEMENT_AFTER: 'soon' }, 'ENGAGEMENT_AFTER')
  wrong({ ENGAGEMENT_AFTER: '0s' }, 'ENGAGEMENT_AFTER')
  wrong({ PROACTIVE_DAILY_CAP: '-1' }, 'PROACTIVE_DAILY_CAP')
  wrong({ QUIET_HOURS: '25:00-09:00' }, 'QUIET_HOURS')
  wrong({ ADMIN_TELEGRAM_IDS: '12,boss' }, 'ADMIN_TELEGRAM_IDS.1')
  wrong({ DELIVERY_MAX_ATTEMPTS: '0' }, 'DELIVERY_MAX_ATTEMPTS')
  wrong({ TELEGRAM_MESSAGES_PER_SECOND: '0' }, 'TELEGRAM_MESSAGES_PER_SECOND')
  wrong({ TRUSTED_PROXIES: '10.0.0.1,proxy' }, 'TRUSTED_PROXIES.1')
  wrong({ PUBLIC_URL: 'https://vitte.example/base?x=1' }, 'PUBLIC_URL')
  wrong({ MAIL_FROM: 'nobody' }, 'MAIL_FROM')
  wrong({ REDIS_URL: 'redis+cluster://one:6379,two:6379/0' }, 'REDIS_URL')
})

test('settings that only work together are asked for together', () => {
  wrong({ DATABASE_URL: 'postgres://localhost/vitte' }, 'MASTER_KEY')
  wrong({ LLM_BASE_URL: 'http://127.0.0.1:1' }, 'LLM_MODEL')
  wrong({ OIDC_GOOGLE_ISSUER: 'https://accounts.example' }, 'OIDC_GOOGLE_CLIENT_ID')
})

test('a public https address means webhook, at Telegram itself http does not', () => {
  assert.equal(readConfig({ PUBLIC_URL: 'https://vitte.example/' }).TELEGRAM_MODE, 'webhook')
  assert.equal(readConfig({ PUBLIC_URL: 'https://vitte.example/' }).PUBLIC_URL, 'https://vitte.example')
  wrong({ TELEGRAM_BOT_TOKEN: '1234567:abcdefghijklmnop', TELEGRAM_MODE: 'webhook' }, 'TELEGRAM_MODE')
})

test('a provider is named by its variables', () => {
  const { OIDC_PROVIDERS } = readConfig({
    OIDC_YANDEX_ISSUER: 'https://id.example/',
    OIDC_YANDEX_CLIENT_ID: 'a',
    OIDC_YANDEX_CLIENT_SECRET: 'b',
    OIDC_YANDEX_LABEL: 'Яндекс',
  })
  assert.deepEqual(OIDC_PROVIDERS, [
    { name: 'yandex', issuer: 'https://id.example', clientId: 'a', clientSecret: 'b', label: 'Яндекс' },
  ])
})

test('a cap of money needs what tokens cost; one of tokens needs nothing', () => {
  wrong({ LLM_DAILY_BUDGET: '5' }, 'LLM_PRICE_INPUT, LLM_PRICE_OUTPUT')
  wrong({ LLM_DAILY_BUDGET: '5', LLM_PRICE_INPUT: '0.15', LLM_PRICE_OUTPUT: '0' }, 'LLM_PRICE_INPUT, LLM_PRICE_OUTPUT')
  wrong({ LLM_DAILY_TOKENS: '-1' }, 'LLM_DAILY_TOKENS')
  wrong({ LLM_PRICE_INPUT: 'cheap' }, 'LLM_PRICE_INPUT')
  const { LLM_DAILY_BUDGET, LLM_PRICE_INPUT, LLM_DAILY_TOKENS } = readConfig({
    LLM_DAILY_BUDGET: '5.5',
    LLM_PRICE_INPUT: '0.15',
    LLM_PRICE_OUTPUT: '0.6',
  })
  assert.deepEqual([LLM_DAILY_BUDGET, LLM_PRICE_INPUT, LLM_DAILY_TOKENS], [5.5, 0.15, undefined])
})
