### Joining with Telegram, logins and devices: what the page loads only when it is needed (web/linking, web/logins).

## A link: the proposal

link-title = Are both of these you?
link-lead = If so, we will join them: one conversation and one balance.
link-web = Email
link-moves = Moves to Telegram
link-moves-nothing = Nothing
link-messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
link-stays = Stays
link-stays-text = The whole history and both logins
link-return = Change your mind
link-return-text = Within 7 days
link-logins = Ways in here at present
link-warning = Did somebody else send you this link? Then do not confirm: the owner of that Telegram would read your conversation.
link-code-ahead = Next, a code will have to be sent to the bot.
link-confirm = Join them
link-not-mine-telegram = This is not my Telegram
link-not-mine-web = This is not my login

## A link: the confirmation

link-proof-title = First, let us see that it is you
link-proof-text = You signed in a while ago. Confirm your login once more and the joining goes on.
link-code-title = Send this code to the bot
link-code-text = In the same chat where you got the link. Tell it to nobody else.
link-code-copy = Copy
link-code-copied = The code is copied.
link-code-waiting = Waiting for the code…
link-code-left = The code works for { $time }
link-code-minutes = { $count ->
    [one] The code works for { $count } more minute
   *[other] The code works for { $count } more minutes
}
link-code-seconds = The code works for less than a minute
link-done-title = It is one conversation now
link-done-text = History and balance are shared, wherever you write. You can change your mind for 7 days, under “Logins and devices”.
link-open-talk = Open the conversation

## A link: when it does not work

link-missing-title = Join with Telegram
link-missing-text = Send /link to the bot: it answers with a link that opens here.
link-mini-app-title = Telegram is with you already
link-mini-app-text = You have Vitte open inside Telegram; there is nothing left to join.
link-already-title = Telegram is connected
link-already-text = Conversation and balance are shared, here and there.
link-expired-title = The link has run out
link-expired-text = It does not live long. Send /link to the bot for a new one.
link-used-title = The link was used already
link-used-text = It works once. Send /link to the bot for another.
link-superseded-title = There is a newer link
link-superseded-text = Only the last one works. Find it in the chat with the bot, or send /link again.
link-voided-title = The code no longer works
link-voided-text = The bot was sent a wrong code several times. Send it /link to begin anew.
link-not_found-title = There is no such link
link-not_found-text = Perhaps it was not copied whole. Open it from the chat with the bot, or send /link there.
link-telegram_already_linked-title = This Telegram is taken
link-telegram_already_linked-text = Another login is connected to it, and nothing has changed. Sign in with Telegram to get to that conversation.
link-web_already_linked-title = Another Telegram is here already
link-web_already_linked-text = Nothing has changed. The other Telegram can be removed under “Logins and devices”.
link-login_taken-title = This login is taken
link-login_taken-text = It has a conversation of its own on the site, so nothing has changed.
link-not_fresh-title = First, let us see that it is you
link-not_fresh-text = To add a login, confirm one that you have.
link-other-title = They could not be joined
link-other-text = Nothing has changed. Send /link to the bot to begin anew.
link-failed-title = The server does not answer
link-failed-text = The link is safe. Check your connection and try again.
link-busy-title = A little slower
link-back = Back to the link
link-other-login = Sign in another way
link-to-logins = Open logins

## Confirming a login

prove-by-mail = Send a code by email
prove-by-telegram = Confirm with Telegram
prove-by-provider = Confirm with { $label }
prove-code-send = Confirm
prove-impossible = A login can be confirmed on the website.

## Logins

logins-lead = How you get to your conversation, and where it is open.
logins-heading = Logins
logins-email = Email
logins-failed = The list did not load.
logins-add = Add a login
logins-added = The login is added.
logins-add-text = Every login leads to the same conversation.
logins-add-proof = First confirm a login that you have.
logins-add-provider = Add { $label }
logins-on-site = Logins are added and removed on the website.
logins-remove = Remove
logins-remove-named = Remove the login { $login }
logins-remove-title = Remove this login?
logins-remove-web = You will no longer be able to sign in with { $login }. Conversation and balance stay.
logins-remove-telegram = The bot will no longer know { $login }. Conversation and balance stay here on the site.
logins-remove-proof = First confirm another login of yours, so that nobody removes this one for you.
logins-removed = The login is removed.
logins-only = This is your only login, so it cannot be removed. Add another one first.

## Devices

sessions-heading = Devices
sessions-unknown = Unknown device
sessions-current = This device
sessions-browser = website
sessions-webapp = Telegram
sessions-now = now
sessions-end = End
sessions-end-named = End { $device }
sessions-ended = The session has ended.
sessions-end-all = Sign out everywhere
sessions-end-all-title = Sign out everywhere?
sessions-end-all-text = Every device, this one too, will ask to sign in again. The conversation stays.

## Taking a joining back

undo-heading = Joined with Telegram
undo-offer = { $telegram } and { $web } are joined. They can be parted until { $until }.
undo-open = Part them
undo-title = Part them again?
undo-lead = It will be as before: two conversations and two balances. This can be done until { $until }.
undo-back = Goes back to { $web }
undo-stays = Stays in Telegram
undo-stays-messages = { $count ->
    [0] All that was there before
    [one] All that was there before, and { $count } new message
   *[other] All that was there before, and { $count } new messages
}
undo-credits-note = Credits that were spent do not come back.
undo-proofs = Confirm both logins
undo-proof-either = Confirm either login
undo-proven = Confirmed
undo-confirm = Part them
undo-keep = Leave it as it is
undo-on-site = The other login is confirmed on the website, under “Logins and devices”.
undo-done-title = Two again
undo-done-text = Messages and credits are back where they were. This page is signed in as { $login }.
undo-gone-title = There is nothing to part
undo-gone-text = Nothing was joined, or the seven days are over.
undo-failed-title = We could not find out
