# Всё, что говорит бот от имени продукта.

notice-adult-required =
    Здравствуйте. Это Vitte: здесь живут собеседники, с которыми можно говорить обо всём.

    Они придуманы и пишут с помощью искусственного интеллекта. Разговоры только для взрослых: подтвердите, пожалуйста, что вам есть 18.

    Нажимая, вы принимаете условия ({ $terms }) и правила хранения ({ $privacy }).
notice-no-conversation =
    С кем поговорим? Выберите собеседника и историю, с которой всё начнётся.
notice-insufficient-credits =
    На ответ не хватает кредитов. Сообщение сохранено и подождёт.
notice-lane-full =
    Слишком много сообщений сразу: дождитесь, пожалуйста, ответов и пришлите последнее ещё раз.
notice-unreadable =
    Такое сообщение пока прочитать нельзя: напишите, пожалуйста, словами. Кредиты за него не списаны.
notice-reply-failed =
    Ответ не получился. Кредиты за него не списаны.
notice-edited-seen =
    Правка видна, но ответ был на первую версию. Можно написать ещё раз.
notice-unknown-command =
    Такой команды нет. Что умеет бот, расскажет /help.
notice-link =
    Эта ссылка соединит бота с вашим входом на сайте: история, кредиты и разговор станут общими. Откройте её в том браузере, где бываете на сайте.

    { $url }

    Она действует { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    } и подходит один раз, а новая отменяет прежнюю. Не пересылайте её: к вашему разговору подключится тот, кто её откроет.
notice-link-locked =
    Слишком много неверных кодов. Новую ссылку можно будет получить через сутки.
notice-link-code-wrong =
    Код не подошёл. Посмотрите на странице ещё раз: { $triesLeft ->
        [one] осталась { $triesLeft } попытка
        [few] остались { $triesLeft } попытки
       *[many] осталось { $triesLeft } попыток
    }.
notice-link-code-voided =
    Код снова не подошёл, и эта ссылка больше не действует. Новую даст /link.
notice-link-code-expired =
    Время этого кода вышло. Новую ссылку даст /link.
notice-link-refused-telegram =
    Соединить не получилось: у этого Telegram уже есть другой вход на сайте. Ничего не изменилось.
notice-link-refused-web =
    Соединить не получилось: тот вход на сайте уже соединён с другим Telegram. Ничего не изменилось.
notice-linked =
    Готово: бот соединён с вашим входом на сайте, история, кредиты и разговор теперь общие.

    Передумаете — это можно отменить на сайте в течение 7 дней: «Входы и устройства». Если вход чужой, его можно убрать там же.
notice-undone =
    Бот больше не соединён с тем входом на сайте: что было там до соединения, вернулось туда, остальное осталось здесь.

## Меню и разговор

notice-talk = { $name } · «{ $story }»
notice-open-site = Откройте { $url }
notice-main = Разговор продолжается: просто напишите. А ещё можно вот что.
notice-main-choose =
    Рады вас видеть.

    С кем поговорим? Выберите собеседника и историю, с которой всё начнётся.
notice-choose-last = В прошлый раз вы говорили с { $name }.
notice-chat = Продолжить с { $name }?
notice-continued = { $name } здесь. Просто напишите.
notice-restarted = Начали заново. Прежний разговор лежит в архиве до { $day }, и его можно вернуть.
notice-restored = Прежний разговор снова с вами: просто напишите. Тот, что шёл сейчас, ждёт в архиве.
notice-gone = Этот разговор уже нельзя вернуть: после архива прошло больше 30 дней. Прочитать его по-прежнему можно в приложении.
notice-withdrawn = Начать с { $name } новый разговор уже нельзя, а этот остаётся вашим: его можно продолжить. Или выберите, с кем ещё поговорить.

notice-recap = Пока вас не было:
notice-recap-you = Вы
notice-recap-companion = Собеседник
notice-recap-site = { $who }, на сайте
notice-recap-app = { $who }, в приложении
notice-recap-more = …и ещё { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { $count } сообщений
} до этого.

notice-reported = Спасибо, мы посмотрим. Оператор увидит только ваше сообщение и ответ на него, остальной разговор останется между вами.
notice-nothing-to-report = Здесь не на что пожаловаться. Ответьте командой /report на то сообщение собеседника, с которым что-то не так.

## Настройки

notice-settings = Настройки
notice-settings-language = Язык: русский
notice-settings-zone = Часовой пояс: { $zone }
notice-settings-first-yes = Собеседник пишет первым: да, иногда
notice-settings-first-no = Собеседник пишет первым: нет
notice-settings-quiet = Тихие часы: { $hours }

notice-language = На этом языке говорят меню бота, сайт и приложение. Собеседник отвечает на том, на котором вы пишете.

notice-zone-now = { $zone }, у вас сейчас { $time }.
notice-zone-unknown = Он пока не выбран.
notice-zone-none = не выбран
notice-zone-why = По нему считаются тихие часы и напоминания.
notice-zone-kaliningrad = Калининград
notice-zone-moscow = Москва
notice-zone-samara = Самара
notice-zone-yekaterinburg = Екатеринбург
notice-zone-omsk = Омск
notice-zone-novosibirsk = Новосибирск
notice-zone-krasnoyarsk = Красноярск
notice-zone-irkutsk = Иркутск
notice-zone-yakutsk = Якутск
notice-zone-vladivostok = Владивосток
notice-zone-magadan = Магадан
notice-zone-kamchatka = Камчатка

notice-proactive = Если вы не против, собеседник сможет иногда написать первым, например когда вас давно не видно. Редко, не в тихие часы и только сюда, в Telegram. Передумать можно в любой момент.

notice-ask-first = Можно собеседнику иногда писать вам первым, например если вас долго не видно? Редко и не в тихие часы. Передумать можно в любой момент: /settings
notice-first-chosen-yes = Хорошо: собеседник иногда напишет первым, например если вас долго не видно. Передумать можно в любой момент: /settings
notice-first-chosen-no = Хорошо, первым собеседник писать не будет. Передумать можно в любой момент: /settings
notice-quiet = В это время собеседник не пишет первым. На ваши сообщения он отвечает всегда.
notice-quiet-now = Сейчас: { $hours }.
notice-quiet-none = без тихих часов
notice-quiet-zone = Часовой пояс не выбран, поэтому часы могут не совпасть с вашими.

## Кредиты

notice-credits = Кредиты
notice-credits-price = { $name }: один ответ стоит { $price }.
notice-credits-shared = Баланс общий для Telegram и сайта. Ответ, который не получился, ничего не стоит.
notice-amount-basic = { $count ->
    [one] { $count } обычный кредит
    [few] { $count } обычных кредита
   *[many] { $count } обычных кредитов
}
notice-amount-pro = { $count ->
    [one] { $count } про-кредит
    [few] { $count } про-кредита
   *[many] { $count } про-кредитов
}
notice-amount-cassandra = { $count ->
    [one] { $count } кредит Кассандры
    [few] { $count } кредита Кассандры
   *[many] { $count } кредитов Кассандры
}

## Помощь

notice-help =
    Пишите сюда как другу: ответит ваш собеседник. Это искусственный интеллект, а не человек: характер ему придумали, и ошибаться он может.
notice-help-site = Тот же разговор открыт и на сайте: войдите через Telegram. А если вы уже заходили туда по почте, соедините оба входа: /link.

## Память

notice-memory = { $name }: { $count ->
    [one] одна заметка
    [few] { $count } заметки
   *[many] { $count } заметок
} о вас.
notice-memory-empty = { $name } пока ничего не знает о вас наверняка. Заметки появятся из разговора, и любую можно будет исправить или забыть.
notice-memory-nobody = Заметки появятся, когда начнётся разговор.
notice-forget = Забыть это насовсем?
notice-forget-means = Сообщение, из которого это взято, останется в истории, но собеседник к нему больше не вернётся.

## Кнопки

button-adult = Мне есть 18, условия принимаю
button-chat = 💕 Начать общение
button-continue = Продолжить общение
button-restart = Начать заново
button-restore = Вернуть прежний
button-restore-left = Вернуть отложенный
button-choose = Выбрать собеседника
button-choose-other = Выбрать другого собеседника
button-open = Открыть Vitte
button-open-credits = Кредиты в приложении
button-retry = Повторить
button-stop = Стоп
button-menu = Vitte
button-back = ‹ Назад
button-memory = Память
button-settings = Настройки
button-credits = Кредиты
button-help = Помощь
button-language = Язык
button-own-language = Русский
button-zone = Часовой пояс
button-zone-other = Другой: в приложении
button-proactive = Писать первым
button-first-yes = Да, пусть пишет
button-first-no = Нет, не надо
button-ask-yes = Да, можно
button-ask-no = Не надо
button-hush = Больше не писать первой
button-quiet = Тихие часы
button-quiet-none = Без тихих часов
button-quiet-other = Другие: в приложении
button-subscription = Пополнить
button-answer = Ответить
button-buy-pack = { $title } · { $stars } ⭐
button-buy-subscription = { $title } · { $stars } ⭐ в месяц
button-renewal-stop = Остановить подписку
button-renewal-stop-yes = Остановить
button-renewal-stop-no = Оставить
button-renewal-resume = Возобновить подписку
button-daily-cap = Предел в приложении
button-credits-history = История в приложении
button-forget = Забыть { $number }
button-forget-yes = Забыть
button-forget-no = Оставить
button-memory-edit = Изменить в приложении

## Над чатом, когда нажата кнопка

answer-stale = Эта кнопка из прошлого. Вот что есть сейчас.
answer-slow = Сейчас всё немного медленно, но нажатие не пропадёт.
answer-saved = Сохранено
answer-hushed = Хорошо. Вернуть это можно в настройках: /settings
answer-forgotten = Забыто
answer-forgotten-before = Этого уже нет.
answer-not-retryable = Повторить этот ответ уже нельзя. Напишите ещё раз, и разговор пойдёт дальше.
answer-insufficient-credits = Кредитов пока не хватает.
answer-daily-cap = Предел на сегодня исчерпан.
answer-nothing-kept = Это сообщение уже не ждёт ответа.
answer-renewal-stopped = Подписка больше не продлится
answer-renewal-resumed = Готово. Проверьте в Telegram, включено ли продление: «Настройки», «Мои звёзды».
answer-renewal-absent = Такой подписки сейчас нет.
answer-renewal-refused = Отсюда не получилось. Подпиской можно распорядиться в самом Telegram: «Настройки», «Мои звёзды».
answer-renewal-away = Telegram сейчас не отвечает. Попробуйте чуть позже.
answer-lane-full = Сначала дождёмся ответов на прежние сообщения.

## Команды

command-start = Главное меню
command-chat = Продолжить разговор или начать заново
command-subscribe = Пополнить кредиты за звёзды
command-settings = Язык, часовой пояс, тихие часы
command-memory = Что собеседник помнит о вас
command-credits = Сколько осталось кредитов, подписка
command-link = Соединить с входом на сайте
command-report = Пожаловаться на ответ
command-paysupport = Написать человеку об оплате
command-terms = Условия
command-privacy = Что мы храним о вас
command-help = Что умеет бот
