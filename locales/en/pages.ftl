# Pages that the server draws itself.

widget-page-title = Sign in with Telegram
widget-page-lead = Press the button and confirm in Telegram.
widget-page-hint = No button? Then Telegram cannot be reached from here.
widget-page-way = Sign in another way
