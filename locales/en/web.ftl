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

hero-line = A quiet evening, and someone who listens.
hero-text = One conversation on all your screens: begin in Telegram, carry on here. History and balance are shared, and every answer arrives where the question was asked.
sign-in-title = Sign in
sign-in-link = Sign in to see what this link would join. Opening it changes nothing.
sign-in-telegram = Continue with Telegram
sign-in-provider = Continue with { $label }
sign-in-or = or by email
sign-in-fine = The companions are artificial intelligence, not people. For adults only, 18+.
sign-in-error-cancelled = The sign-in was cancelled. Try again, or choose another way.
sign-in-error-unavailable = This way in is not answering right now. Try later, or sign in by email.
sign-in-error-other = That did not work. Try again, or choose another way in.
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

companions-title = Who shall it be?
companions-again = Companions
companions-lead = Each has a character and stories of their own. Choose where to begin; you can change your mind at any time.
companions-choose = Choose a companion
companions-ai = All companions are artificial intelligence.
companions-failed-title = The list did not load
companions-failed-text = The server did not answer. Please try again.
companion-active = With you now
companion-stories = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
stories-title = Where to begin
story-start = Start talking
story-renew = Refresh and continue
story-continue = Continue as it is
story-archives = Your conversation with { $name } will be archived; you can bring it back for 30 days.
story-archives-this = The present conversation will be archived; you can bring it back for 30 days.
started-title = { $name } is waiting
started-text = The first line is already in your chat with the bot. Carry on there or here: it is one conversation.
started-stay = Stay here
adult-title = Before you begin
adult-ai = Your companion is artificial intelligence, not a person. It can be wrong, and it does not replace a doctor, a lawyer or the people close to you.
adult-text = The conversations here are for adults. Please confirm that you are 18 or older; we ask only once.
adult-yes = I am 18 or older
adult-no = Not now
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
chat-nobody = No conversation is open right now.
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
conversations-lead = An archived conversation can be brought back for 30 days: it becomes the current one, and the present one is archived.
conversations-empty = Your conversations will appear here.
conversations-failed = The list did not load.
conversation-active = Current conversation
conversation-open = No story
conversation-restore = Bring back
conversation-story = “{ $story }” · { $day }
conversation-since = { $day }

## Credits

credits-basic-name = Basic
credits-basic-for = for talking
credits-basic-count = { $count ->
    [one] { $count } credit
   *[other] { $count } credits
}
credits-pro-name = Pro
credits-pro-for = for special replies
credits-pro-count = { $count ->
    [one] { $count } pro credit
   *[other] { $count } pro credits
}
credits-cassandra-name = Cassandra
credits-cassandra-for = for readings
credits-cassandra-count = { $count ->
    [one] { $count } Cassandra credit
   *[other] { $count } Cassandra credits
}
price-reply = { $price } per reply
balance-open = Balance: { $balance }. Details
balance-title = Balance
balance-explained = This is what you can use: credits set aside for a reply in progress are already taken off. A reply that fails costs nothing. The balance is one for Telegram and the website.
spent-title = Out of credits
spent-basic = You are out of basic credits
spent-pro = You are out of pro credits
spent-cassandra = You are out of Cassandra credits
spent-kept = Your text is kept and will wait for you here.
spent-history = Your history stays with you, and the talk goes on from the same place.
spent-other = Talk to another companion: { $name }

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
menu-logins = Logins and devices
menu-language = Language
menu-sign-out = Sign out
side-label = Conversations and menu
