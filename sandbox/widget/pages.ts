import { html } from 'hono/html'
import type { Person } from '../telegram/index.ts'

const TEXTS = {
  ru: {
    login: 'Войти через Telegram',
    play: 'Песочница: это не настоящий Telegram, пароль не нужен.',
    who: 'Кем вы хотите войти?',
    told: (site: string) => `${site} узнает имя и имя пользователя.`,
    allow: 'Разрешить',
    cancel: 'Отмена',
  },
  en: {
    login: 'Log in with Telegram',
    play: 'A sandbox: this is not the real Telegram and needs no password.',
    who: 'Who do you want to be?',
    told: (site: string) => `${site} will learn the name and the username.`,
    allow: 'Allow',
    cancel: 'Cancel',
  },
}
export type Language = keyof typeof TEXTS

const BUTTON_STYLE = html`<style>
  html { color-scheme: light; }
  body { margin: 0; display: grid; place-items: center; height: 100dvh; font: 500 14px / 1 system-ui, sans-serif; }
  button { width: 100%; height: 100%; padding: 0; font: inherit; color: #fff; background: #1f6f9f; border: 0; border-radius: 20px; cursor: pointer; }
  button:focus-visible { outline: 2px solid #fff; outline-offset: -4px; }
  p { margin: 0; }
</style>`

/** The frame with the button, or with why there is none. */
export function framePage(language: Language, refusal: string | null) {
  const content = refusal ? html`<p>${refusal}</p>` : html`<button type="button">${TEXTS[language].login}</button>`
  return html`<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8" /><title>${TEXTS[language].login}</title>${BUTTON_STYLE}</head>
  <body>${content}<script src="/js/frame.js"></script></body>
</html>`
}

/** The window that asks which person of the sandbox is signing in. */
export function askPage(language: Language, people: readonly Person[], site: string) {
  const texts = TEXTS[language]
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${texts.login}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/oidc/page.css" />
  </head>
  <body>
    <main>
      <h1>${texts.login}</h1>
      <p class="play">${texts.play}</p>
      <form>
        <fieldset>
          <legend>${texts.who}</legend>
          ${people.map((person, index) => choice(person, index === 0))}
        </fieldset>
        <p class="told">${texts.told(new URL(site).host)}</p>
        <div class="buttons">
          <button name="decision" value="allow" class="allow">${texts.allow}</button>
          <button name="decision" value="cancel" formnovalidate>${texts.cancel}</button>
        </div>
      </form>
    </main>
    <script src="/js/ask.js"></script>
  </body>
</html>`
}

function choice({ id, firstName, lastName, username }: Person, chosen: boolean) {
  return html`<label>
            <input type="radio" name="person" value="${id}" required ${chosen ? 'checked autofocus' : ''} />
            <span class="face" aria-hidden="true">${[...firstName][0] ?? '?'}</span>
            <span class="who"><strong>${[firstName, lastName].filter(Boolean).join(' ')}</strong>
              <small>${username ? `@${username}` : `id ${id}`}</small></span>
          </label>`
}
