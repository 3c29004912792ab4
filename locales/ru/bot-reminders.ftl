# Напоминания в боте и сами напоминания.

reminder-said = ⏰ Вы просили напомнить: { $text }
reminder-said-late = ⏰ Вы просили напомнить: { $text } (должно было прийти { $when })
reminder-zone-unknown = { $when } по московскому времени

notice-reminder-set = Хорошо, напомню { $when }.
notice-reminder-gone = Этого напоминания больше нет.
notice-reminders-none = Сейчас ничего не ждёт своего часа.
notice-reminder-examples =
    Напишите, когда и о чём напомнить, например:
    /remind 10m выключить духовку
    /remind завтра в 9:00 позвонить маме
    /remind 31 декабря в 23:00 загадать желание
notice-reminder-unreadable = Не получилось понять, когда напомнить.
notice-reminder-empty = Не сказано, о чём напомнить.
notice-reminder-past = Это время уже прошло.
notice-reminder-too-far = Так далеко вперёд напоминания не ставятся: не больше чем на пять лет.
notice-reminder-too-long = Слишком длинно: одно напоминание — не больше { $max } знаков.
notice-reminder-too-many = Уже ждут { $count } напоминаний, больше не поместится. Ненужные можно убрать: /remind.
notice-reminder-zone-unknown = Чтобы не ошибиться со временем, нужен ваш часовой пояс. Выберите его и пришлите напоминание ещё раз.

button-reminders = Напоминания
button-reminders-edit = Изменить в приложении
button-drop = Убрать { $number }
button-unremind = Отменить

answer-dropped = Убрано
answer-dropped-before = Этого напоминания уже нет.

command-remind = Напомнить о чём-нибудь
