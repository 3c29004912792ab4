### Свои страницы: настройки, память, все разговоры. Загружается только вместе с ними (web/settings, web/memory).

## Настройки

settings-saved = Сохранено
settings-not-saved = Не сохранилось: сервер не ответил. Осталось как было.
settings-day = Язык и время
settings-language = Язык
settings-zone = Часовой пояс
settings-zone-unknown = Не выбран
settings-zone-own = Сейчас на этом устройстве: { $zone }, { $time }
settings-zone-take = Взять этот
settings-zone-find = Город или страна
settings-zones-found = { $count ->
    [one] Нашёлся { $count } пояс
    [few] Нашлось { $count } пояса
   *[other] Нашлось { $count } поясов
}
settings-zones-none = Такого города в списке нет. Попробуйте назвать страну или город покрупнее рядом.
settings-first = Кто пишет первым
settings-first-allow = Собеседник может написать первым
settings-first-text = Изредка, например когда вас долго нет. Только в Telegram: на сайт такие сообщения не приходят.
settings-first-web = Написать первым собеседник может только в Telegram. Подключите его, и здесь появится выбор: писать ли вам и в какие часы молчать.
settings-first-unreachable = Сейчас бот не может вам написать. Откройте чат с ним и нажмите «Запустить».
settings-quiet = Тихие часы
settings-quiet-text = В это время собеседник первым не напишет.
settings-quiet-none = Сейчас их нет: сообщение может прийти и ночью.
settings-quiet-from = с
settings-quiet-to = до
settings-quiet-zone = Чтобы тихие часы совпали с вашей ночью, выберите часовой пояс.
settings-look = Вид
settings-mood = Свет
settings-mood-system = Как в системе
settings-mood-day = День
settings-mood-night = Ночь
settings-mood-telegram = Светло здесь или темно, решает тема вашего Telegram.
settings-motion = Движение
settings-motion-system = Как в системе
settings-motion-less = Меньше
settings-own = Ваше
settings-own-memory = Что о вас помнят
settings-own-reminders = О чём напомнить вам в Telegram
settings-own-credits = Баланс и на что он ушёл
settings-own-conversations = Текущий и архивные
settings-own-logins = Как вы входите и откуда

## Города, по которым ищут часовой пояс

zone-moscow = Москва
zone-kaliningrad = Калининград
zone-samara = Самара
zone-saratov = Саратов
zone-volgograd = Волгоград
zone-astrakhan = Астрахань
zone-ulyanovsk = Ульяновск
zone-kirov = Киров
zone-yekaterinburg = Екатеринбург
zone-omsk = Омск
zone-novosibirsk = Новосибирск
zone-barnaul = Барнаул
zone-tomsk = Томск
zone-novokuznetsk = Новокузнецк
zone-krasnoyarsk = Красноярск
zone-irkutsk = Иркутск
zone-chita = Чита
zone-yakutsk = Якутск
zone-vladivostok = Владивосток
zone-sakhalin = Южно-Сахалинск
zone-magadan = Магадан
zone-kamchatka = Петропавловск-Камчатский
zone-anadyr = Анадырь
zone-almaty = Алматы
zone-nicosia = Кипр
zone-makassar = Бали
zone-new_york = Нью-Йорк
zone-los_angeles = Лос-Анджелес
zone-toronto = Торонто
zone-sydney = Сидней
zone-places-moscow = Санкт-Петербург, Казань, Нижний Новгород, Краснодар, Ростов-на-Дону, Сочи, Воронеж
zone-places-samara = Тольятти, Ижевск
zone-places-yekaterinburg = Челябинск, Уфа, Пермь, Тюмень, Оренбург, Сургут
zone-places-novokuznetsk = Кемерово
zone-places-krasnoyarsk = Абакан, Норильск
zone-places-vladivostok = Хабаровск, Комсомольск-на-Амуре
zone-places-almaty = Астана, Казахстан
zone-places-nicosia = Никосия, Лимасол
zone-places-makassar = Денпасар, Индонезия

## Память

memory-title = Что помнит { $name }
memory-lead = Это остаётся от разговора и помогает отвечать вам. Любую запись можно поправить или забыть.
memory-list = Записи
memory-source = из разговора
memory-source-named = из разговора: { $text }
memory-edit = Изменить
memory-edit-named = Изменить: { $text }
memory-forget = Забыть
memory-forget-named = Забыть: { $text }
memory-field = Запись
memory-save = Сохранить
memory-empty = Пустую запись не сохранить. Её можно забыть.
memory-too-long = { $count ->
    [one] Слишком длинно: уберите { $count } знак.
    [few] Слишком длинно: уберите { $count } знака.
   *[other] Слишком длинно: уберите { $count } знаков.
}
memory-gone = Эту запись уже забыли на другом устройстве. Ваш текст пока здесь, его можно скопировать.
memory-forget-title = Забыть это?
memory-forget-text = { $name } больше к этому не вернётся. Сам разговор останется в истории. Отменить это нельзя.
memory-forgotten = Забыто.
memory-empty-title = Пока ничего
memory-empty-text = Расскажите о себе то, что хочется, чтобы помнили. Важное появится здесь само.
memory-empty-talk = Вернуться к разговору
memory-nobody = Память появляется вместе с разговором. Выберите, с кем поговорить.
memory-failed = Записи не загрузились. Попробуйте ещё раз.

## Разговоры

conversations-lead = Архивный разговор можно вернуть в течение 30 дней. Он станет текущим, а нынешний уйдёт в архив, и его тоже можно будет вернуть.
settings-own-data = Забрать с собой или удалить
