# Страницы `/terms` и `/privacy` и вопрос о новой версии.

legal-since = Действует с { $date }
legal-failed-title = Не открылось
legal-failed-text = Текст сейчас не загрузился.
legal-news-title = Тексты, с которыми вы соглашались, изменились
legal-news-text = Прочитайте, когда будет удобно: разговор это не прервёт.
legal-news-yes = Прочитано, принимаю
