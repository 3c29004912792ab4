# Зачем соединять сайт с Telegram: только то, что правда для этого человека.

connect-same-conversation = Тот же разговор будет и в Telegram: начнёте здесь, продолжите в дороге.
connect-welcome-credits = В подарок: { $basic ->
        [one] { $basic } обычный кредит
        [few] { $basic } обычных кредита
       *[many] { $basic } обычных кредитов
    }, { $pro } Pro и { $cassandra } для Кассандры.
connect-keep-history = История и кредиты останутся с вами, даже если доступ к почте пропадёт.
