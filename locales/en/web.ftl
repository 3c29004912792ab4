### Everything a person reads on the website and in the Mini App. The keys are the same in ru and en (web/texts/texts.test.ts).

## Actions and states

action-again = Try again
action-back = Back
action-cancel = Cancel
action-close = Close
state-loading = Loading
error-unreachable = The server is not answering. Please try again.

start-failed-title = Nobody answers yet
start-failed-text = The server is not answering. Check your connection and try again.
connection-offline = You are offline. What you wrote will go out by itself when the connection is back.
connection-waiting = The connection dropped, reconnecting…

## Signing in

email-label = Email address
email-placeholder = name@example.org
email-send = Send me a code
code-title = Check your mail
code-text = Six digits are on their way to { $email }. The code is in the subject line too.
code-send = Sign in
code-again = Send it again
code-again-done = A new code is on its way.
code-other = Another address

## Telegram

stale-title = This page has gone stale
stale-text = Go back to the chat with the bot and open Vitte from there again: the menu button or /start will do.
telegram-return = Back to Telegram
telegram-back = Close and go back to Telegram

## Companions

companions-choose = Choose a companion
adult-step = Before the first conversation we need to confirm your age.
adult-open = Confirm

## The talk

chat-history = History
chat-writing = writing…
chat-ai = artificial intelligence
chat-you = You
chat-companion = Companion
chat-log = Conversation
chat-beginning = This is where it began
chat-another = Another conversation
chat-down = Latest
chat-new = New since last time
chat-new-reply = New reply
chat-nobody = No conversation is open right now.
chat-ask-first = May your companion sometimes write to you first in Telegram, for example when you have been away for long? You can change your mind in the settings.
chat-ask-title = Who writes first
chat-ask-yes = Yes, sometimes
chat-ask-no = No, thank you
chat-failed-title = The history did not load
chat-failed-text = The server did not answer. Nothing you wrote is lost; please try again.
composer-label = Your message
composer-placeholder = Message…
composer-send = Send
composer-stop = Stop the reply
mark-unsent = Waiting for the connection
mark-sending = Sending
mark-sent = Sent
mark-failed = Not sent
mark-resend = Send again
mark-discard = Remove
from-bot = from the bot chat
from-webapp = from the Mini App
from-browser = from the website
content-voice = Voice message
content-photo = Photo
content-sticker = Sticker
content-other = Attachment
unanswered-failed = The reply did not work out; no credits were spent.
unanswered-cancelled = The reply was stopped.
unanswered-unpaid = This question is waiting for credits.
report-open = Report this reply
report-title = Something wrong?
report-text = We will see only this reply and the question before it. The rest of the conversation stays with you.
report-send = Report
report-done = Thank you, we will look at it.
day-today = Today
day-yesterday = Yesterday

## Conversations

conversations-title = Conversations
conversations-empty = Your conversations will appear here.
conversations-failed = The list did not load.
conversation-active = Current conversation
conversation-open = No story
conversation-restore = Bring back
conversation-restore-named = Bring back: { $name }, { $day }
conversation-restored = The conversation is back.
conversation-restored-other = The conversation is back; the other one waits in the archive.
conversation-until = Can be brought back until { $day }
conversation-past = Too old to bring back, but safe in the history
conversation-story = “{ $story }” · { $day }
conversation-since = { $day }

## Credits

credits-basic-count = { $count ->
    [one] { $count } credit
   *[other] { $count } credits
}
credits-pro-count = { $count ->
    [one] { $count } pro credit
   *[other] { $count } pro credits
}
credits-cassandra-count = { $count ->
    [one] { $count } Cassandra credit
   *[other] { $count } Cassandra credits
}
price-reply = { $price } per reply
balance-open = Balance: { $balance }. Details

## Connecting Telegram

connect-title = Connect Telegram
connect-action = Connect Telegram
connect-later = Not now
connect-bot-text = Send /link to the bot: it answers with a link that joins Telegram with this page.
connect-bot = Open @{ $bot }

## Menu

menu-open = Menu
menu-chat = Current conversation
menu-companions = Companions
menu-conversations = All conversations
menu-memory = Memory
menu-reminders = Reminders
menu-credits = Credits
menu-settings = Settings
menu-logins = Logins and devices
menu-sign-out = Sign out
side-label = Conversations and menu
message-damaged = This message is damaged and does not open.

## When there are no more answers today
unanswered-resting = Companions are resting for today: there were too many talks. Your question is kept and cost no credits. Please ask again tomorrow.
unanswered-enough = You have talked a great deal today, and your companion is resting until tomorrow. Your question is kept and cost no credits.

## Texts for everybody

legal-terms = Terms
legal-privacy = What we keep about you
legal-links = Terms and what is kept

menu-data = Your data
leaving-strip = All there is about you will soon be deleted.
leaving-strip-back = Change your mind
leaving-stay = Leave all as it is
leaving-stayed = All stays as it is.

## What the product says itself

chat-vitte = Vitte
closed-title = Companions are closed
closed-text = Companions here are for adults only. You wrote that you are under 18, so the talk with them is closed. You did nothing wrong. If you would like to talk to somebody, children and teenagers are listened to here:
closed-emergency = If the danger is right now, call { $number }.

## Where else the talk is open

chat-writing-bot = writing in Telegram…
chat-writing-webapp = writing in the Mini App…
chat-writing-browser = writing on the website…
elsewhere-typing-browser = You are typing on the website…
elsewhere-typing-webapp = You are typing in the Mini App…
elsewhere-typing-other-browser = You are typing on another page…
elsewhere-typing-other-webapp = You are typing on another device…
elsewhere-open-bot = You are in the bot’s chat too
elsewhere-open-browser = Also open on the website
elsewhere-open-webapp = Also open in the Mini App
elsewhere-open-other-browser = Also open on another page
elsewhere-open-other-webapp = Also open on another device
connection-crowded = Too many pages are open. Close some, and this one will wake up.
