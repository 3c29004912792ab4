import { html } from 'hono/html'
import type { AuthRequest } from './auth-request.ts'
import type { Flavour } from './id-token.ts'
import { fullName, mailOf, type OidcPerson } from './people.ts'

const TEXTS = {
  ru: {
    title: 'Вход через',
    play: 'Песочница: это не настоящий сервис, пароль не нужен.',
    who: 'Кем вы хотите войти?',
    gets: (site: string) => `${site} узнает имя`,
    andUsername: ' и имя пользователя',
    andMail: ' и почту',
    botAccess: 'и сможет писать вам в боте',
    other: 'Другая почта',
    allow: 'Разрешить',
    cancel: 'Отмена',
    nobody: 'Здесь пока никого нет: добавьте человека на странице песочницы.',
    refused: 'Войти не получилось',
    refusedLead: 'Сайт обратился сюда неверно, поэтому возвращать вас некуда.',
  },
  en: {
    title: 'Sign in with',
    play: 'A sandbox: this is not the real service and needs no password.',
    who: 'Who do you want to be?',
    gets: (site: string) => `${site} will learn the name`,
    andUsername: ' and the username',
    andMail: ' and the mail address',
    botAccess: 'and may write to you in the bot',
    other: 'Another address',
    allow: 'Allow',
    cancel: 'Cancel',
    nobody: 'Nobody lives here yet: add a person on the sandbox page.',
    refused: 'Signing in did not work',
    refusedLead: 'The site asked in a wrong way, so there is nowhere to send you back to.',
  },
}
type Language = keyof typeof TEXTS

export type ConsentFacts = {
  flavour: Flavour
  label: string
  base: string
  language: Language
  people: readonly OidcPerson[]
  chosen: OidcPerson | undefined
  request: AuthRequest
}

/** The page that asks who is signing in: one form, works without a script and by keyboard alone. */
export function consentPage({ flavour, label, base, language, people, chosen, request }: ConsentFacts) {
  const texts = TEXTS[language]
  const site = new URL(request.redirectUri).host
  const told = `${texts.gets(site)}${flavour === 'telegram' ? texts.andUsername : texts.andMail}`
  const asks = request.scope.split(' ').includes('telegram:bot_access') ? `${told}, ${texts.botAccess}` : told
  const carried = Object.entries(request.fields).filter(([, value]) => value !== undefined)
  const form = html`<form method="post" action="${base}/auth">
        ${carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <fieldset>
          <legend>${texts.who}</legend>
          ${people.map((person) => choice(flavour, person, person === chosen))}
          ${flavour === 'generic' ? otherMail(texts.other, people.length === 0) : ''}
        </fieldset>
        <p class="told">${asks}.</p>
        <div class="buttons">
          <button name="decision" value="allow" class="allow">${texts.allow}</button>
          <button name="decision" value="cancel" formnovalidate>${texts.cancel}</button>
        </div>
      </form>`
  const nobody = people.length === 0 && flavour === 'telegram'
  return frame(
    language,
    base,
    `${texts.title} ${label}`,
    html`<p class="play">${texts.play}</p>${nobody ? html`<p>${texts.nobody}</p>` : form}`,
  )
}

/** For a request that names no place to go back to. */
export function refusalPage(language: Language, base: string, reason: string) {
  const texts = TEXTS[language]
  return frame(
    language,
    base,
    texts.refused,
    html`<p>${texts.refusedLead}</p><p class="told"><code>${reason}</code></p>`,
  )
}

function choice(flavour: Flavour, person: OidcPerson, chosen: boolean) {
  const detail = flavour === 'generic' ? mailOf(person) : person.username ? `@${person.username}` : `id ${person.id}`
  return html`<label>
            <input type="radio" name="person" value="${person.id}" required ${chosen ? 'checked autofocus' : ''} />
            <span class="face" aria-hidden="true">${[...person.firstName][0] ?? '?'}</span>
            <span class="who"><strong>${fullName(person)}</strong> <small>${detail}</small></span>
          </label>`
}

function otherMail(label: string, chosen: boolean) {
  return html`<div class="other">
            <label><input type="radio" name="person" value="other" required ${chosen ? 'checked autofocus' : ''} />
              <span class="face" aria-hidden="true">@</span><span class="who"><strong>${label}</strong></span></label>
            <input type="email" name="email" aria-label="${label}" placeholder="name@example.test" autocomplete="off" />
          </div>`
}

function frame(language: Language, base: string, title: string, content: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${base}/page.css" />
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`
}
