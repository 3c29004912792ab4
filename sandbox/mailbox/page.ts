import { html } from 'hono/html'

const TEXTS = {
  ru: {
    title: 'Почта',
    lead: 'Письма отсюда никуда не уходят: всё, что отправил сервер, лежит здесь.',
    empty: 'Пока пусто. Как только сервер отправит письмо, оно появится само.',
    choose: 'Выберите письмо, чтобы прочитать его.',
    clear: 'Очистить',
    back: 'К списку',
    to: 'Кому',
    from: 'От кого',
    view: 'Письмо',
    text: 'Текст',
    copy: 'Скопировать код',
    copied: 'Скопировано',
    noSubject: 'Без темы',
    offline: 'Нет связи с песочницей, пробуем снова.',
    frame: 'Письмо как его видит получатель',
  },
  en: {
    title: 'Mailbox',
    lead: 'Mail goes nowhere from here: whatever the server has sent is kept below.',
    empty: 'Nothing yet. A mail shows up by itself as soon as the server sends one.',
    choose: 'Choose a mail to read it.',
    clear: 'Clear',
    back: 'All mail',
    to: 'To',
    from: 'From',
    view: 'Mail',
    text: 'Text',
    copy: 'Copy the code',
    copied: 'Copied',
    noSubject: 'No subject',
    offline: 'The sandbox does not answer, trying again.',
    frame: 'The mail as its reader sees it',
  },
}

export type PageTexts = (typeof TEXTS)['ru']

/** The mailbox's page. `base` is the path it is mounted at, without a slash at its end. */
export function mailboxPage({ base, language }: { base: string; language: 'ru' | 'en' }) {
  const texts = TEXTS[language]
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${texts.title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${base}/page.css" />
    <script type="module" src="${base}/page.js"></script>
  </head>
  <body data-base="${base}" data-texts="${JSON.stringify(texts)}">
    <header>
      <div>
        <h1>${texts.title}</h1>
        <p>${texts.lead}</p>
      </div>
      <button type="button" id="clear" class="quiet">${texts.clear}</button>
    </header>
    <p id="offline" role="status" hidden>${texts.offline}</p>
    <main>
      <nav aria-label="${texts.title}"><ol id="list"></ol></nav>
      <article id="reader" tabindex="-1" aria-live="polite"></article>
    </main>
  </body>
</html>`
}
