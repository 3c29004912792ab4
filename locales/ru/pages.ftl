# Страницы, которые рисует сам сервер.

widget-page-title = Войти через Telegram
widget-page-lead = Нажмите кнопку и подтвердите вход в Telegram.
widget-page-hint = Кнопка не появилась? Значит, Telegram отсюда не открывается.
widget-page-way = Войти другим способом
