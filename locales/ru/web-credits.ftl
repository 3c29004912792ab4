### Баланс, покупки и подписка. Загружается только вместе с ними (web/credits).

## Баланс

credits-lead = Кредитами оплачиваются ответы. Баланс один на Telegram и сайт.
credits-explained-basic = Для обычных бесед
credits-explained-pro = Для особых ответов
credits-explained-cassandra = Для бесед и гаданий с Кассандрой
credits-basic-name = Обычные
credits-basic-for = для бесед
credits-pro-name = Про
credits-pro-for = для особых ответов
credits-cassandra-name = Кассандра
credits-cassandra-for = для гаданий
balance-title = Баланс
balance-more = Кредиты и история
balance-explained = Здесь то, чем можно пользоваться: отложенное на ответ, который пишется, уже вычтено. Несостоявшийся ответ ничего не стоит. Баланс общий для Telegram и сайта.
prices-title = Сколько стоит ответ
prices-active = сейчас с вами
prices-free = Бесплатно
prices-left = { $count ->
    [one] { $price }, баланса хватит на { $count } ответ
    [few] { $price }, баланса хватит на { $count } ответа
   *[other] { $price }, баланса хватит на { $count } ответов
}
prices-none = { $price }, пока не хватает
prices-failed = Цены не загрузились.

## Долг

debt-title = Сначала нужно закрыть долг
debt-basic = { $count ->
    [one] Долг: { $count } обычный кредит
    [few] Долг: { $count } обычных кредита
   *[other] Долг: { $count } обычных кредитов
}
debt-pro = { $count ->
    [one] Долг: { $count } про-кредит
    [few] Долг: { $count } про-кредита
   *[other] Долг: { $count } про-кредитов
}
debt-cassandra = { $count ->
    [one] Долг: { $count } кредит Кассандры
    [few] Долг: { $count } кредита Кассандры
   *[other] Долг: { $count } кредитов Кассандры
}
debt-text = Звёзды за покупку к вам вернулись, а часть кредитов уже была потрачена. Следующая покупка сначала закроет долг, остальное придёт на баланс. До этого ответы за кредиты этого вида не начинаются.

## Когда кредитов нет или мало

spent-title = Кредиты закончились
spent-basic = Обычные кредиты закончились
spent-pro = Про-кредиты закончились
spent-cassandra = Кредиты Кассандры закончились
spent-kept = Текст сохранён и подождёт вас здесь.
spent-history = История остаётся с вами, разговор продолжится с того же места.
spent-other = Перейти к другому собеседнику: { $name }
spent-cap = Дневной предел исчерпан
spent-cap-text = Вы сами поставили его в настройках кредитов. Завтра он начнётся заново, а изменить его можно сейчас.
spent-cap-change = Изменить предел
low-text = { $count ->
    [one] Кредитов осталось на { $count } ответ.
    [few] Кредитов осталось на { $count } ответа.
   *[other] Кредитов осталось на { $count } ответов.
}
low-hide = Больше не напоминать

## Покупка

shop-title = Пополнить баланс
shop-open = Пополнить
shop-lead = Оплата звёздами, внутри Telegram. Купленное не сгорает.
shop-empty = Сейчас купить ничего нельзя. Загляните позже.
shop-failed = Предложения не загрузились.
shop-connect = Звёздами платят в Telegram, поэтому сначала его нужно подключить. История и кредиты останутся с вами.
shop-month = каждый месяц
shop-replies = { $count ->
    [one] { $name }: { $count } ответ
    [few] { $name }: { $count } ответа
   *[other] { $name }: { $count } ответов
}
shop-buy = { $stars ->
    [one] Купить за { $stars } звезду
    [few] Купить за { $stars } звезды
   *[other] Купить за { $stars } звёзд
}
shop-subscribe = { $stars ->
    [one] Оформить за { $stars } звезду в месяц
    [few] Оформить за { $stars } звезды в месяц
   *[other] Оформить за { $stars } звёзд в месяц
}
shop-stars = { $stars ->
    [one] { $stars } звезда
    [few] { $stars } звезды
   *[other] { $stars } звёзд
}
shop-subscribed = Уже с вами
shop-invoice-title = Осталось оплатить в Telegram
shop-invoice-text = Ссылка откроет счёт в Telegram. Оплатите его с того же Telegram, что подключён здесь, и кредиты появятся на этой странице сами.
shop-invoice-open = Открыть счёт в Telegram
shop-invoice-other = Выбрать другое
shop-waiting = Ждём подтверждения от Telegram. Кредиты появятся здесь сами.
shop-arrived-title = Кредиты пришли
shop-arrived-text = Баланс обновлён везде: здесь, в Telegram и на сайте.
shop-arrived-done = Хорошо

## Подписка

subscription-title = Подписка
subscription-active = { $stars ->
    [one] Действует до { $day }, затем продлится ещё на месяц за { $stars } звезду.
    [few] Действует до { $day }, затем продлится ещё на месяц за { $stars } звезды.
   *[other] Действует до { $day }, затем продлится ещё на месяц за { $stars } звёзд.
}
subscription-canceled = Продление остановлено. Подписка действует до { $day }, звёзды больше не спишутся.
subscription-reopened = Подписка действует до { $day }. Продлевать её снова можно: включено ли продление, показывает Telegram, «Настройки», «Мои звёзды».
subscription-failed = Продлить не получилось: Telegram не смог списать звёзды. Кредиты, которые уже пришли, остаются с вами.
subscription-stop = Остановить продление
subscription-stop-title = Остановить продление?
subscription-stop-text = Звёзды больше не спишутся. До { $day } подписка действует, и кредиты, которые уже пришли, останутся с вами.
subscription-stop-yes = Остановить
subscription-stop-no = Оставить как есть
subscription-stopped = Продление остановлено.
subscription-resume = Возобновить продление
subscription-resume-title = Возобновить продление?
subscription-resume-text = Продлевать подписку снова будет можно. Если продление включено и в Telegram, { $day } { $stars ->
    [one] спишется { $stars } звезда
    [few] спишутся { $stars } звезды
   *[other] спишется { $stars } звёзд
} и придут кредиты на следующий месяц.
subscription-resume-yes = Возобновить
subscription-resumed = Готово. Проверьте в Telegram, включено ли продление: «Настройки», «Мои звёзды».
subscription-unknown = Состояние подписки не загрузилось.

## Дневной предел

cap-title = Предел на день
cap-text = Сколько кредитов в день вы себе разрешаете, все виды вместе. Когда предел исчерпан, ответы ждут следующего дня.
cap-none = Сейчас предела нет.
cap-now = { $count ->
    [one] Сейчас: { $count } кредит в день.
    [few] Сейчас: { $count } кредита в день.
   *[other] Сейчас: { $count } кредитов в день.
}
cap-field = Кредитов в день
cap-save = Сохранить
cap-remove = Убрать предел
cap-wrong = Нужно целое число от 1 до { $max }.
cap-zone = Часовой пояс не выбран, поэтому день считается по Гринвичу.

## История

entries-title = История
entries-empty = Здесь будет видно, откуда кредиты пришли и на что ушли.
entries-failed = История не загрузилась.
entries-more = Показать раньше
entries-spent = ушло
entries-came = пришло
entry-welcome = Подарок при знакомстве
entry-hold = { $count ->
    [one] Ответ
    [few] { $count } ответа
   *[other] { $count } ответов
}
entry-release = { $count ->
    [one] Возврат: ответ не получился
   *[other] Возврат: ответы не получились ({ $count })
}
entry-refund = Возврат: ответ до вас не дошёл
entry-merge = Соединение с другим входом
entry-undo = Разъединение с другим входом
entry-welcome_returned = Второй подарок при соединении не положен
entry-other = Изменение баланса
entry-hold-named = { $count ->
    [one] { $name }: ответ
    [few] { $name }: { $count } ответа
   *[other] { $name }: { $count } ответов
}
entry-purchase = Покупка
entry-subscription = Подписка за месяц
entry-claw_back = Звёзды вернулись: кредиты сняты
entry-owed = Звёзды вернулись: записан долг
entry-debt_paid = Долг закрыт из покупки
entry-operator_grant = Подарок от поддержки
entry-migration = Перенос из прежней версии
