### Соединение с Telegram, входы и устройства: то, что страница загружает только когда это нужно (web/linking, web/logins).

## Ссылка: предложение соединить

link-title = Это вы и там, и здесь?
link-lead = Если да, соединим: останется один разговор и один баланс.
link-web = Почта
link-moves = Перейдёт в Telegram
link-moves-nothing = Ничего
link-messages = { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[other] { $count } сообщений
}
link-stays = Останется
link-stays-text = Вся история и оба входа
link-return = Передумать можно
link-return-text = В течение 7 дней
link-logins = Сюда сейчас входят через
link-warning = Ссылку прислал кто-то другой? Не подтверждайте: ваш разговор увидит владелец этого Telegram.
link-code-ahead = Дальше понадобится отправить боту код.
link-confirm = Соединить
link-not-mine-telegram = Это не мой Telegram
link-not-mine-web = Это не мой вход

## Ссылка: подтверждение

link-proof-title = Сначала убедимся, что это вы
link-proof-text = Вы вошли довольно давно. Подтвердите вход ещё раз, и соединение продолжится.
link-code-title = Отправьте код боту
link-code-text = В тот же чат, где вы получили ссылку. Больше никому его не говорите.
link-code-copy = Скопировать
link-code-copied = Код скопирован.
link-code-waiting = Ждём код…
link-code-left = Код действует ещё { $time }
link-code-minutes = { $count ->
    [one] Код действует ещё { $count } минуту
    [few] Код действует ещё { $count } минуты
   *[other] Код действует ещё { $count } минут
}
link-code-seconds = Код действует меньше минуты
link-done-title = Теперь это один разговор
link-done-text = История и баланс общие, где бы вы ни писали. Передумать можно в течение 7 дней в разделе «Входы и устройства».
link-open-talk = Открыть разговор

## Ссылка: когда не получается

link-missing-title = Соединить с Telegram
link-missing-text = Отправьте боту команду /link: он пришлёт ссылку, которая откроется здесь.
link-mini-app-title = Telegram уже с вами
link-mini-app-text = Вы открыли Vitte в Telegram, соединять больше нечего.
link-already-title = Telegram уже подключён
link-already-text = Разговор и баланс у вас общие: и там, и здесь.
link-expired-title = Ссылка устарела
link-expired-text = Она живёт недолго. Отправьте боту /link, и он пришлёт новую.
link-used-title = Ссылка уже сработала
link-used-text = Она одноразовая. За новой отправьте боту /link.
link-superseded-title = Есть ссылка новее
link-superseded-text = Работает только последняя. Найдите её в чате с ботом или отправьте /link ещё раз.
link-voided-title = Код больше не действует
link-voided-text = Боту несколько раз пришёл не тот код. Отправьте ему /link, чтобы начать заново.
link-not_found-title = Такой ссылки нет
link-not_found-text = Возможно, она скопирована не целиком. Откройте её из чата с ботом или отправьте ему /link.
link-telegram_already_linked-title = Этот Telegram уже занят
link-telegram_already_linked-text = К нему подключён другой вход, и ничего не изменилось. Войдите через Telegram, чтобы попасть в тот разговор.
link-web_already_linked-title = Здесь уже есть другой Telegram
link-web_already_linked-text = Ничего не изменилось. Прежний Telegram можно убрать в разделе «Входы и устройства».
link-login_taken-title = Этот вход уже занят
link-login_taken-text = С ним на сайте начат отдельный разговор, поэтому ничего не изменилось.
link-not_fresh-title = Сначала убедимся, что это вы
link-not_fresh-text = Чтобы добавить вход, подтвердите один из тех, что уже есть.
link-other-title = Соединить не получилось
link-other-text = Ничего не изменилось. Отправьте боту /link, чтобы начать заново.
link-failed-title = Не дозваться сервера
link-failed-text = Ссылка цела. Проверьте связь и попробуйте ещё раз.
link-busy-title = Чуть помедленнее
link-back = Вернуться к ссылке
link-other-login = Войти по-другому
link-to-logins = Открыть входы

## Подтверждение входа

prove-by-mail = Получить код на почту
prove-by-telegram = Подтвердить через Telegram
prove-by-provider = Подтвердить через { $label }
prove-code-send = Подтвердить
prove-impossible = Подтвердить вход можно на сайте.

## Входы

logins-lead = Как вы попадаете к своему разговору и где он сейчас открыт.
logins-heading = Входы
logins-email = Почта
logins-failed = Список не загрузился.
logins-add = Добавить вход
logins-added = Вход добавлен.
logins-add-text = Через любой из входов вы попадёте в тот же разговор.
logins-add-proof = Сначала подтвердите вход, который уже есть.
logins-add-provider = Добавить { $label }
logins-on-site = Добавить или убрать вход можно на сайте.
logins-remove = Убрать
logins-remove-named = Убрать вход: { $login }
logins-remove-title = Убрать этот вход?
logins-remove-web = Войти через { $login } больше не получится. Разговор и баланс останутся.
logins-remove-telegram = Бот перестанет узнавать { $login }. Разговор и баланс останутся здесь, на сайте.
logins-remove-proof = Сначала подтвердите другой свой вход: так никто не уберёт его за вас.
logins-removed = Вход убран.
logins-only = Это единственный вход, поэтому убрать его нельзя. Сначала добавьте ещё один.

## Устройства

sessions-heading = Устройства
sessions-unknown = Неизвестное устройство
sessions-current = Это устройство
sessions-browser = сайт
sessions-webapp = Telegram
sessions-now = сейчас
sessions-end = Завершить
sessions-end-named = Завершить: { $device }
sessions-ended = Сеанс завершён.
sessions-end-all = Выйти везде
sessions-end-all-title = Выйти везде?
sessions-end-all-text = Все устройства, и это тоже, попросят войти заново. Разговор останется.

## Отмена соединения

undo-heading = Соединение с Telegram
undo-offer = { $telegram } и { $web } соединены. Разъединить можно до { $until }.
undo-open = Разъединить
undo-title = Разъединить?
undo-lead = Станет как было до соединения: два разговора и два баланса. Это можно сделать до { $until }.
undo-back = Вернётся к { $web }
undo-stays = Останется в Telegram
undo-stays-messages = { $count ->
    [0] Всё, что было там до соединения
    [one] Всё, что было там раньше, и { $count } новое сообщение
    [few] Всё, что было там раньше, и { $count } новых сообщения
   *[other] Всё, что было там раньше, и { $count } новых сообщений
}
undo-credits-note = Потраченные кредиты не возвращаются.
undo-proofs = Подтвердите оба входа
undo-proof-either = Подтвердите любой из входов
undo-proven = Подтверждено
undo-confirm = Разъединить
undo-keep = Оставить как есть
undo-on-site = Второй вход подтверждается на сайте: откройте там раздел «Входы и устройства».
undo-done-title = Снова по отдельности
undo-done-text = Сообщения и кредиты вернулись на свои места. Здесь сейчас открыт вход { $login }.
undo-gone-title = Разъединять нечего
undo-gone-text = Соединения не было, или семь дней уже прошли.
undo-failed-title = Не получилось узнать
