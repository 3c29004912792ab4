# Зачем соединять сайт с Telegram: только то, что правда для этого человека.

connect-same-conversation = Тот же разговор будет и в Telegram: начнёте здесь, продолжите в дороге.
connect-messages = { $messages ->
    [one] Вся переписка останется с вами: { $messages } сообщение.
    [few] Вся переписка останется с вами: { $messages } сообщения.
   *[many] Вся переписка останется с вами: { $messages } сообщений.
}
connect-gift = Подарок, если ваш Telegram у нас впервые: { $credits }.
connect-credits-basic = { $amount ->
    [one] { $amount } обычный кредит
    [few] { $amount } обычных кредита
   *[many] { $amount } обычных кредитов
}
connect-credits-pro = { $amount } Pro
connect-credits-cassandra = { $amount } для Кассандры
connect-second-login = Второй способ войти: если этот пропадёт, история и кредиты останутся с вами.
