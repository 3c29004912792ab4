### Страница напоминаний. Загружается только вместе с ней (web/reminders).

reminders-lead = В назначенное время собеседник напомнит вам в Telegram. Время здесь — по часам этого устройства.
reminders-add = Добавить напоминание
reminders-list = Напоминания
reminders-none = Пока ничего. Сюда попадает и то, о чём вы просите в разговоре: «напомни мне завтра в девять…».
reminders-web = Напоминания приходят только в Telegram. Подключите его, и здесь можно будет их ставить.
reminders-unreachable = Сейчас бот не может вам написать, и напоминания не придут. Откройте чат с ним и нажмите «Запустить».
reminders-failed = Напоминания не загрузились. Попробуйте ещё раз.
reminders-text = О чём напомнить
reminders-day = День
reminders-time = Время
reminders-set = Напомнить
reminders-save = Сохранить
reminders-change = Изменить
reminders-change-named = Изменить: { $text }
reminders-cancel = Убрать
reminders-cancel-named = Убрать: { $text }
reminders-cancel-title = Убрать напоминание?
reminders-keep = Оставить
reminders-cancelled = Убрано.
reminders-empty = Напишите, о чём напомнить.
reminders-no-time = Выберите день и время.
reminders-too-long = { $count ->
    [one] Слишком длинно: уберите { $count } знак.
    [few] Слишком длинно: уберите { $count } знака.
   *[other] Слишком длинно: уберите { $count } знаков.
}
reminders-gone = Это напоминание уже пришло или его убрали. Ваш текст пока здесь, его можно скопировать.
