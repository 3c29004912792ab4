### Всё, что человек читает на сайте и в Mini App. Ключи одни и те же в ru и en (web/texts/texts.test.ts).

## Действия и состояния

action-again = Повторить
action-back = Назад
action-cancel = Отмена
action-close = Закрыть
state-loading = Загружается
error-unreachable = Сервер не отвечает. Попробуйте ещё раз.

start-failed-title = Пока не дозваться
start-failed-text = Сервер не отвечает. Проверьте связь и попробуйте ещё раз.
connection-offline = Нет связи. Написанное уйдёт само, когда она вернётся.
connection-waiting = Связь прервалась, восстанавливаем…

## Вход

email-label = Адрес почты
email-placeholder = name@example.org
email-send = Получить код
code-title = Проверьте почту
code-text = Шесть цифр отправлены на { $email }. Код есть и в теме письма.
code-send = Войти
code-again = Прислать ещё раз
code-again-done = Новый код отправлен.
code-other = Другой адрес

## Telegram

stale-title = Ссылка устарела
stale-text = Вернитесь в чат с ботом и откройте Vitte оттуда ещё раз: кнопкой меню или командой /start.
telegram-return = Вернуться в Telegram
telegram-back = Закрыть и вернуться в Telegram

## Собеседники

companions-choose = Выбрать собеседника
adult-step = Перед первым разговором нужно подтвердить возраст.
adult-open = Подтвердить

## Разговор

chat-history = История
chat-writing = пишет…
chat-ai = искусственный интеллект
chat-you = Вы
chat-companion = Собеседник
chat-log = Разговор
chat-beginning = Здесь всё началось
chat-another = Другой разговор
chat-down = Вниз
chat-new = Новое с прошлого раза
chat-new-reply = Новый ответ
chat-nobody = Сейчас нет открытого разговора.
chat-ask-first = Можно собеседнику иногда писать вам первым в Telegram, например если вас долго не видно? Передумать можно в настройках.
chat-ask-title = Кто пишет первым
chat-ask-yes = Да, можно
chat-ask-no = Не надо
chat-failed-title = История не загрузилась
chat-failed-text = Сервер не ответил. Всё написанное цело — попробуйте ещё раз.
composer-label = Ваше сообщение
composer-placeholder = Сообщение…
composer-send = Отправить
composer-stop = Остановить ответ
mark-unsent = Ждёт связи
mark-sending = Отправляется
mark-sent = Отправлено
mark-failed = Не отправлено
mark-resend = Отправить ещё раз
mark-discard = Убрать
from-bot = из чата с ботом
from-webapp = из Mini App
from-browser = с сайта
content-voice = Голосовое сообщение
content-photo = Фотография
content-sticker = Стикер
content-other = Вложение
unanswered-failed = Ответа не получилось, кредиты не потрачены.
unanswered-cancelled = Ответ остановлен.
unanswered-unpaid = Этот вопрос ждёт кредитов.
report-open = Пожаловаться на ответ
report-title = Что-то не так?
report-text = Мы увидим только этот ответ и вопрос перед ним. Остальной разговор останется между вами.
report-send = Пожаловаться
report-done = Спасибо, мы посмотрим.
day-today = Сегодня
day-yesterday = Вчера

## Разговоры

conversations-title = Разговоры
conversations-empty = Здесь появятся ваши разговоры.
conversations-failed = Список не загрузился.
conversation-active = Текущий разговор
conversation-open = Без сюжета
conversation-restore = Вернуть
conversation-restore-named = Вернуть разговор: { $name }, { $day }
conversation-restored = Разговор вернулся.
conversation-restored-other = Разговор вернулся, а прежний ждёт в архиве.
conversation-until = Можно вернуть до { $day }
conversation-past = Вернуть уже нельзя, но он цел в истории
conversation-story = «{ $story }» · { $day }
conversation-since = { $day }

## Кредиты

credits-basic-count = { $count ->
    [one] { $count } кредит
    [few] { $count } кредита
   *[other] { $count } кредитов
}
credits-pro-count = { $count ->
    [one] { $count } про-кредит
    [few] { $count } про-кредита
   *[other] { $count } про-кредитов
}
credits-cassandra-count = { $count ->
    [one] { $count } кредит Кассандры
    [few] { $count } кредита Кассандры
   *[other] { $count } кредитов Кассандры
}
price-reply = { $price } за ответ
balance-open = Баланс: { $balance }. Подробнее

## Подключение Telegram

connect-title = Подключите Telegram
connect-action = Подключить Telegram
connect-later = Не сейчас
connect-bot-text = Отправьте боту команду /link: он ответит ссылкой, которая соединит Telegram с этой страницей.
connect-bot = Открыть @{ $bot }

## Меню

menu-open = Меню
menu-chat = Текущий разговор
menu-companions = Собеседники
menu-conversations = Все разговоры
menu-memory = Память
menu-reminders = Напоминания
menu-credits = Кредиты
menu-settings = Настройки
menu-logins = Входы и устройства
menu-sign-out = Выйти
side-label = Разговоры и меню
message-damaged = Это сообщение повреждено и не открывается.

## Когда на сегодня ответов больше нет
unanswered-resting = Сегодня собеседники уже отдыхают: за день было слишком много разговоров. Вопрос сохранён, кредиты не потрачены. Спросите ещё раз завтра.
unanswered-enough = Сегодня вы говорили очень много, до завтра собеседник отдыхает. Вопрос сохранён, кредиты не потрачены.

## Тексты для всех

legal-terms = Условия
legal-privacy = Что мы храним о вас
legal-links = Условия и хранение данных

menu-data = Ваши данные
leaving-strip = Всё, что есть о вас, скоро будет удалено.
leaving-strip-back = Передумать
leaving-stay = Оставить всё как есть
leaving-stayed = Всё остаётся как есть.

## Что говорит сам продукт

chat-vitte = Vitte
closed-title = Собеседники закрыты
closed-text = Собеседники здесь только для взрослых. Вы написали, что вам нет 18, поэтому разговор с ними закрыт. Вы ничего плохого не сделали. Если хочется с кем-то поговорить, здесь слушают и детей, и подростков:
closed-emergency = Если опасность прямо сейчас, звоните { $number }.

## Где ещё открыт разговор

chat-writing-bot = пишет в Telegram…
chat-writing-webapp = пишет в Mini App…
chat-writing-browser = пишет на сайте…
elsewhere-typing-browser = Вы пишете на сайте…
elsewhere-typing-webapp = Вы пишете в Mini App…
elsewhere-typing-other-browser = Вы пишете на другой странице…
elsewhere-typing-other-webapp = Вы пишете на другом устройстве…
elsewhere-open-bot = Вы сейчас и в чате с ботом
elsewhere-open-browser = Разговор открыт и на сайте
elsewhere-open-webapp = Разговор открыт и в Mini App
elsewhere-open-other-browser = Разговор открыт и на другой странице
elsewhere-open-other-webapp = Разговор открыт и на другом устройстве
connection-crowded = Открыто слишком много страниц. Закройте лишние, и эта оживёт.
