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

hero-line = Тихий вечер и собеседник, который слушает.
hero-text = Один разговор на все ваши экраны: начните в Telegram, продолжите здесь. История и баланс общие, и каждый ответ приходит туда, где был задан вопрос.
sign-in-title = Войти
sign-in-link = Войдите, чтобы увидеть, что соединит эта ссылка. Сама она ничего не меняет.
sign-in-telegram = Войти через Telegram
sign-in-provider = Войти через { $label }
sign-in-or = или по почте
sign-in-fine = Собеседники — искусственный интеллект, не люди. Только для взрослых, 18+.
sign-in-error-cancelled = Вход отменён. Можно попробовать ещё раз или выбрать другой способ.
sign-in-error-unavailable = Этот способ входа сейчас не отвечает. Попробуйте позже или войдите по почте.
sign-in-error-other = Войти не получилось. Попробуйте ещё раз или выберите другой способ.
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

companions-title = С кем поговорим?
companions-again = Собеседники
companions-lead = У каждого свой характер и свои истории. Выберите, с кем начать, — сменить можно в любой момент.
companions-choose = Выбрать собеседника
companions-ai = Все собеседники — искусственный интеллект.
companions-failed-title = Список не загрузился
companions-failed-text = Сервер не ответил. Попробуйте ещё раз.
companion-active = Сейчас с вами
companion-stories = { $count ->
    [one] { $count } история
    [few] { $count } истории
   *[other] { $count } историй
}
stories-title = С чего начать
story-start = Начать разговор
story-renew = Обновить и продолжить
story-continue = Продолжить как есть
story-archives = Текущий разговор ({ $name }) уйдёт в архив; его можно вернуть 30 дней.
story-archives-this = Нынешний разговор уйдёт в архив; его можно вернуть 30 дней.
started-title = { $name } уже ждёт
started-text = Первая строка пришла в чат с ботом. Продолжить можно там или здесь — разговор один.
started-stay = Остаться здесь
adult-title = Прежде чем начать
adult-ai = Ваш собеседник — искусственный интеллект, а не человек. Он может ошибаться и не заменит врача, юриста или близких.
adult-text = Разговоры здесь — для взрослых. Подтвердите, что вам есть 18 лет; спросим один раз.
adult-yes = Мне есть 18 лет
adult-no = Не сейчас
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
chat-nobody = Сейчас нет открытого разговора.
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
conversations-lead = Архивный разговор можно вернуть в течение 30 дней: он станет текущим, а нынешний уйдёт в архив.
conversations-empty = Здесь появятся ваши разговоры.
conversations-failed = Список не загрузился.
conversation-active = Текущий разговор
conversation-open = Без сюжета
conversation-restore = Вернуть
conversation-story = «{ $story }» · { $day }
conversation-since = { $day }

## Кредиты

credits-basic-name = Обычные
credits-basic-for = для бесед
credits-basic-count = { $count ->
    [one] { $count } кредит
    [few] { $count } кредита
   *[other] { $count } кредитов
}
credits-pro-name = Про
credits-pro-for = для особых ответов
credits-pro-count = { $count ->
    [one] { $count } про-кредит
    [few] { $count } про-кредита
   *[other] { $count } про-кредитов
}
credits-cassandra-name = Кассандра
credits-cassandra-for = для гаданий
credits-cassandra-count = { $count ->
    [one] { $count } кредит Кассандры
    [few] { $count } кредита Кассандры
   *[other] { $count } кредитов Кассандры
}
price-reply = { $price } за ответ
balance-open = Баланс: { $balance }. Подробнее
balance-title = Баланс
balance-explained = Здесь то, чем можно пользоваться: отложенное на ответ, который пишется, уже вычтено. Несостоявшийся ответ ничего не стоит. Баланс общий для Telegram и сайта.
spent-title = Кредиты закончились
spent-basic = Обычные кредиты закончились
spent-pro = Про-кредиты закончились
spent-cassandra = Кредиты Кассандры закончились
spent-kept = Текст сохранён и подождёт вас здесь.
spent-history = История остаётся с вами, разговор продолжится с того же места.
spent-other = Перейти к другому собеседнику: { $name }

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
menu-logins = Входы и устройства
menu-language = Язык
menu-sign-out = Выйти
side-label = Разговоры и меню
