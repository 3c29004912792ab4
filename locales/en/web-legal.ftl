# The pages `/terms` and `/privacy`, and the question about a new version.

legal-since = Holds since { $date }
legal-failed-title = It did not open
legal-failed-text = The text could not be loaded just now.
legal-news-title = What you agreed to has changed
legal-news-text = Read it when it suits you: no talk is interrupted for it.
legal-news-yes = Read and accepted
