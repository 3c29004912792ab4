# Отказы: problem-<code>. Одно-два предложения, что случилось и что можно сделать.

problem-malformed = Запрос не удалось прочитать.
problem-invalid_input = В запросе есть ошибка: проверьте, что введено.
problem-too_large = Это слишком много для одного запроса.
problem-unsupported_encoding = Сжатые запросы не принимаются.
problem-not_found = Такого здесь нет.
problem-method_not_allowed = Здесь так не делается.
problem-internal = Что-то пошло не так на нашей стороне. Попробуйте ещё раз чуть позже.
problem-unavailable = Сервис ненадолго недоступен. Попробуйте ещё раз через несколько секунд.
problem-not_ready = Сервис ещё не готов.
problem-rate_limited = { $seconds ->
    [one] Слишком часто. Попробуйте снова через { $seconds } секунду.
    [few] Слишком часто. Попробуйте снова через { $seconds } секунды.
   *[other] Слишком часто. Попробуйте снова через { $seconds } секунд.
}

problem-unauthorized = Войдите, чтобы продолжить.
problem-cross_site = Запрос пришёл с другого сайта, поэтому мы его не выполнили.
problem-not_fresh = Для этого нужно войти ещё раз.
problem-invalid_signature = Не удалось подтвердить вход. Начните его заново.
problem-expired = Данные для входа устарели. Начните вход заново.
problem-replayed = Эти данные для входа уже использованы. Начните вход заново.
problem-invalid_code = Код не подошёл. Проверьте его или запросите новый.
problem-sign_in_state = Этот вход начат не в этом окне или слишком давно. Начните его заново.
problem-sign_in_cancelled = Вход отменён.
problem-sign_in_failed = Войти не получилось. Попробуйте ещё раз.
problem-provider_unavailable = Сервис входа сейчас не отвечает. Попробуйте позже или войдите другим способом.
problem-last_login = Это ваш единственный способ входа, его нельзя убрать.

problem-adult_confirmation_required = Сначала подтвердите, что вам есть 18 лет.
problem-minor_locked = Собеседники здесь только для взрослых. Вы написали, что вам нет 18, поэтому разговор с ними закрыт.
problem-no_active_conversation = Сначала выберите, с кем говорить.
problem-persona_unknown = Такого собеседника нет.
problem-story_unknown = Такой истории у этого собеседника нет.
problem-conversation_gone = Этот разговор уже нельзя вернуть.
problem-not_retryable = Этот ответ нельзя запросить ещё раз.
problem-insufficient_credits = Не хватает кредитов. Текст сохранён: его можно отправить позже.
problem-daily_cap_reached = На сегодня ваш дневной предел исчерпан. Текст сохранён: его можно отправить завтра или изменить предел.
problem-offer_unknown = Этого больше не продают. Посмотрите, что есть сейчас.
problem-payments_held = Покупки пока приостановлены. Напишите боту /paysupport, и мы разберёмся.
problem-already_subscribed = Подписка у вас уже есть.
problem-no_subscription = Подписки сейчас нет.
problem-renewal_elsewhere = Эту подписку остановили в самом Telegram. Возобновить её можно там же, в настройках звёзд.
problem-telegram_refused = Telegram не принял запрос. Попробуйте ещё раз чуть позже.
problem-request_closed = Это обращение уже закрыто.
problem-telegram_unavailable = Telegram сейчас не отвечает. Попробуйте ещё раз через минуту.
problem-lane_full = Слишком много сообщений ждут ответа. Дождитесь хотя бы одного.
problem-too_many_streams = Открыто слишком много окон. Закройте лишние.
problem-idempotency_key_required = В запросе нет ключа повтора (Idempotency-Key).
problem-idempotency_mismatch = Этот ключ повтора уже использован для другого запроса.
problem-conflict = Пока вы это делали, всё изменилось. Обновите страницу.
problem-delivery_not_lost = Это сообщение ещё в пути или уже дошло, повторять нечего.
problem-chat_unreachable = Отправить некуда: чат закрыт для бота или больше не принадлежит этому человеку.
problem-campaign_over = Эта рассылка уже закончена или отменена.
problem-campaign_not_started = Эту рассылку ещё не начинали.
problem-campaign_paused = Эта рассылка приостановлена: её можно продолжить или отменить.
problem-telegram_required = Для этого нужен Telegram: подключите его, а если он уже подключён, откройте чат с ботом и нажмите «Запустить».

problem-telegram_already_linked = К этому Telegram уже подключён другой вход, ничего не изменилось.
problem-web_already_linked = Здесь уже подключён другой Telegram, ничего не изменилось.
problem-login_taken = С этим входом уже начат отдельный разговор, ничего не изменилось.
problem-link_unknown = Такой ссылки нет. Получите новую командой /link в боте.
problem-link_expired = Ссылка устарела. Получите новую командой /link в боте.
problem-used = Эта ссылка уже использована. Получите новую командой /link в боте.
problem-superseded = Эту ссылку заменила более новая.
problem-voided = Боту несколько раз прислали не тот код, и ссылка больше не действует. Получите новую командой /link.
problem-other_login = Это другой вход. Нужен тот, что был соединён.
problem-nothing_to_undo = Разъединять нечего: соединения не было, или семь дней уже прошли.

problem-page-title = Не получилось
problem-page-way = Вернуться ко входу
problem-too_slow = Запрос шёл слишком долго.
problem-fact_too_long = Слишком длинно: одна заметка — не больше { $max } знаков. Написанное осталось у вас.
problem-reminder_past = Это время уже прошло. Выберите другое.
problem-reminder_too_far = Так далеко вперёд напоминания не ставятся: не больше чем на пять лет.
problem-reminder_too_long = Слишком длинно: одно напоминание — не больше { $max } знаков. Написанное осталось у вас.
problem-reminder_too_many = Уже ждут { $count } напоминаний, больше не поместится. Сначала уберите ненужные.
problem-text_outdated = Тем временем текст обновился. Обновите страницу и прочитайте новый.
problem-export_dead = Эта ссылка больше не работает: она открывается один раз и живёт сутки. Получите новую в настройках.
problem-reading_expired = Полчаса прошли. Чтобы читать дальше, откройте переписку заново и назовите причину.
problem-damaged = Часть того, что здесь лежало, повреждена и не открывается. Остальное на месте; мы об этом узнали и посмотрим.
