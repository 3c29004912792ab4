mail-code-subject = { $code } — код для входа в Vitte
mail-code-lead = Ваш код для входа в Vitte:
mail-code-lifetime = Он действует 10 минут и подходит один раз. Если вы просили несколько кодов, работает только последний.
mail-code-stranger = Если вы не входили в Vitte, просто удалите это письмо: без кода никто не войдёт. Никому его не сообщайте — мы никогда не спрашиваем код.

# О входах: { $telegram } — как назвать Telegram другой стороны.
mail-telegram-full = «{ $name }», @{ $username }
mail-telegram-name = «{ $name }»
mail-telegram-nameless = имя не указано

mail-link-warning-subject = Соединить ваш вход в Vitte с Telegram?
mail-link-warning-lead = В Vitte попросили соединить ваш вход по этой почте с Telegram ({ $telegram }). Чтобы закончить, осталось отправить боту код со страницы.
mail-link-warning-next = Если это ваш Telegram, просто отправьте код.
mail-link-warning-stranger = Если Telegram чужой, ничего не делайте и никому не говорите код: без него ничего не изменится, а через несколько минут он перестанет действовать.

mail-linked-subject = Ваш вход в Vitte соединён с Telegram
mail-linked-lead = Ваш вход по этой почте соединён с Telegram ({ $telegram }): история, кредиты и разговор теперь общие.
mail-linked-next = Передумаете — это можно отменить на сайте в течение 7 дней: «Входы и устройства».
mail-linked-stranger = Если Telegram чужой, войдите на сайт по этой почте и уберите его там же.

mail-undone-subject = Ваш вход в Vitte отделён от Telegram
mail-undone-lead = Ваш вход по этой почте больше не соединён с Telegram ({ $telegram }).
mail-undone-next = То, что было вашим до соединения, снова здесь, а написанное после осталось в Telegram. Кредитов вернулось столько, сколько ещё оставалось.
mail-undone-stranger = Если решили это не вы, войдите на сайт по этой почте и посмотрите, кто ещё там бывает: «Входы и устройства».
