# Everything the bot says in the name of the product.

notice-adult-required =
    Hello. This is Vitte: companions live here whom you can talk to about anything.

    They are made up, and they write with the help of artificial intelligence. The talks are for adults only: please confirm that you are 18 or older.

    By pressing you accept the terms ({ $terms }) and what we keep about you ({ $privacy }).
notice-no-conversation =
    Who would you like to talk to? Choose a companion and the story it begins with.
notice-insufficient-credits =
    There are not enough credits for an answer. Your message is kept and will wait.
notice-lane-full =
    That is a lot at once: please wait for the answers, then send the last one again.
notice-unreadable =
    This kind of message can't be read yet: please put it in words. It cost no credits.
notice-reply-failed =
    The answer did not work out. It cost no credits.
notice-edited-seen =
    The edit is noticed, but the answer was to the first version. You can write again.
notice-unknown-command =
    There is no such command. /help tells what the bot can do.
notice-link =
    This link connects the bot to your login on the website: history, credits and the conversation become shared. Open it in the browser you use for the website.

    { $url }

    It works for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }, once, and a new one replaces it. Do not forward it: whoever opens it joins your conversation.
notice-link-locked =
    Too many wrong codes. A new link can be had in a day.
notice-link-code-wrong =
    That is not the code. Look at the page again: { $triesLeft ->
        [one] { $triesLeft } try is left
       *[other] { $triesLeft } tries are left
    }.
notice-link-code-voided =
    The code was wrong again, and this link no longer works. /link gives a new one.
notice-link-code-expired =
    The time for this code is over. /link gives a new link.
notice-link-refused-telegram =
    They could not be connected: this Telegram has another login on the website already. Nothing has changed.
notice-link-refused-web =
    They could not be connected: that login on the website belongs with another Telegram already. Nothing has changed.
notice-linked =
    Done: the bot is connected to your login on the website, and history, credits and the conversation are shared.

    If you change your mind, you can undo this on the website within 7 days, under “Logins and devices”. A login that is not yours can be removed there too.
notice-undone =
    The bot is no longer connected to that login on the website: what was there before has gone back, the rest has stayed here.

## Menu and talk

notice-talk = { $name } · “{ $story }”
notice-open-site = Open { $url }
notice-main = The conversation goes on: just write. There is more you can do here.
notice-main-choose =
    Good to see you.

    Who would you like to talk to? Choose a companion and the story it begins with.
notice-choose-last = Last time you talked to { $name }.
notice-chat = Continue with { $name }?
notice-continued = { $name } is here. Just write.
notice-restarted = A new beginning. The conversation before is in the archive until { $day } and can be brought back.
notice-restored = The conversation before is back: just write. The one you were in waits in the archive.
notice-gone = This conversation can't be brought back any more: it was archived over 30 days ago. You can still read it in the app.
notice-withdrawn = A new conversation with { $name } can't be started any more, but this one stays yours: you can go on with it. Or choose somebody else to talk to.

notice-recap = While you were away:
notice-recap-you = You
notice-recap-companion = Your companion
notice-recap-site = { $who }, on the website
notice-recap-app = { $who }, in the app
notice-recap-more = …and { $count ->
    [one] { $count } more message
   *[other] { $count } more messages
} before that.

notice-reported = Thank you, we will look at it. The operator sees only your message and the answer to it; the rest of the conversation stays between you.
notice-nothing-to-report = There is nothing to report here. Reply with /report to the companion's message that is wrong.

## Settings

notice-settings = Settings
notice-settings-language = Language: English
notice-settings-zone = Time zone: { $zone }
notice-settings-first-yes = Companion writes first: yes, sometimes
notice-settings-first-no = Companion writes first: no
notice-settings-quiet = Quiet hours: { $hours }

notice-language = The bot's menus, the website and the app speak this language. Your companion answers in the one you write in.

notice-zone-now = { $zone }, your time is { $time }.
notice-zone-unknown = None is chosen yet.
notice-zone-none = not chosen
notice-zone-why = Quiet hours and reminders go by it.
notice-zone-kaliningrad = Kaliningrad
notice-zone-moscow = Moscow
notice-zone-samara = Samara
notice-zone-yekaterinburg = Yekaterinburg
notice-zone-omsk = Omsk
notice-zone-novosibirsk = Novosibirsk
notice-zone-krasnoyarsk = Krasnoyarsk
notice-zone-irkutsk = Irkutsk
notice-zone-yakutsk = Yakutsk
notice-zone-vladivostok = Vladivostok
notice-zone-magadan = Magadan
notice-zone-kamchatka = Kamchatka

notice-proactive = If you like, your companion may sometimes write first, for example when you have been away for long. Rarely, not in quiet hours, and only here in Telegram. You can change your mind at any time.

notice-ask-first = May your companion sometimes write to you first, for example when you have been away for long? Rarely, and not in quiet hours. You can change your mind at any time: /settings
notice-first-chosen-yes = All right: your companion may sometimes write first, for example when you have been away for long. You can change your mind at any time: /settings
notice-first-chosen-no = All right, your companion will not write first. You can change your mind at any time: /settings
notice-quiet = At this time your companion does not write first. Your own messages are always answered.
notice-quiet-now = Now: { $hours }.
notice-quiet-none = no quiet hours
notice-quiet-zone = No time zone is chosen, so these hours may not be yours.

## Credits

notice-credits = Credits
notice-credits-price = { $name }: one reply costs { $price }.
notice-credits-shared = The balance is one for Telegram and the website. A reply that fails costs nothing.
notice-amount-basic = { $count ->
    [one] { $count } basic credit
   *[other] { $count } basic credits
}
notice-amount-pro = { $count ->
    [one] { $count } pro credit
   *[other] { $count } pro credits
}
notice-amount-cassandra = { $count ->
    [one] { $count } Cassandra credit
   *[other] { $count } Cassandra credits
}

## Help

notice-help =
    Write here as you would to a friend: your companion answers. A companion is an AI, not a human being: the character is made up, and it can be wrong.
notice-help-site = The same conversation is open on the website: sign in with Telegram. If you have been there by mail before, connect the two: /link.

## Memory

notice-memory = { $name }: { $count ->
    [one] one note
   *[other] { $count } notes
} about you.
notice-memory-empty = { $name } knows nothing about you for certain yet. Notes come from the conversation, and any of them can be corrected or forgotten.
notice-memory-nobody = Notes will come once a conversation begins.
notice-forget = Forget this for good?
notice-forget-means = The message it came from stays in the history, but your companion will not come back to it.

## Buttons

button-adult = I am 18 or older and accept
button-chat = 💕 Start talking
button-continue = Continue
button-restart = Start over
button-restore = Bring the other back
button-restore-left = Bring that one back
button-choose = Choose a companion
button-choose-other = Choose somebody else
button-open = Open Vitte
button-open-credits = Credits in the app
button-retry = Try again
button-stop = Stop
button-menu = Vitte
button-back = ‹ Back
button-memory = Memory
button-settings = Settings
button-credits = Credits
button-help = Help
button-language = Language
button-own-language = English
button-zone = Time zone
button-zone-other = Another: in the app
button-proactive = Writing first
button-first-yes = Yes, that's fine
button-first-no = No, thank you
button-ask-yes = Yes, sometimes
button-ask-no = No, thank you
button-hush = Don't write first any more
button-quiet = Quiet hours
button-quiet-none = No quiet hours
button-quiet-other = Others: in the app
button-subscription = Get credits
button-answer = Answer
button-buy-pack = { $title } · { $stars } ⭐
button-buy-subscription = { $title } · { $stars } ⭐ a month
button-renewal-stop = Stop the subscription
button-renewal-stop-yes = Stop it
button-renewal-stop-no = Keep it
button-renewal-resume = Resume the subscription
button-daily-cap = Limit in the app
button-credits-history = History in the app
button-forget = Forget { $number }
button-forget-yes = Forget
button-forget-no = Keep
button-memory-edit = Edit in the app

## Over the chat, when a button is pressed

answer-stale = This button is from the past. Here is what there is now.
answer-slow = Things are a little slow right now, but your tap is not lost.
answer-saved = Saved
answer-hushed = All right. You can turn it on again in the settings: /settings
answer-forgotten = Forgotten
answer-forgotten-before = It is gone already.
answer-not-retryable = This answer can't be tried again. Write once more, and the conversation goes on.
answer-insufficient-credits = There are not enough credits yet.
answer-daily-cap = Today's limit is used up.
answer-nothing-kept = This message no longer waits for an answer.
answer-renewal-stopped = The subscription will not renew
answer-renewal-resumed = Done. Check in Telegram whether renewing is on: Settings, My Stars.
answer-renewal-absent = There is no such subscription now.
answer-renewal-refused = It did not work from here. You can manage the subscription in Telegram itself: Settings, My Stars.
answer-renewal-away = Telegram does not answer right now. Try again a little later.
answer-lane-full = Let's wait for the answers to your earlier messages first.

## Commands

command-start = Main menu
command-chat = Go on with the conversation, or start over
command-subscribe = Get credits for Stars
command-settings = Language, time zone, quiet hours
command-memory = What your companion remembers about you
command-credits = How many credits are left, subscription
command-link = Connect your login on the website
command-report = Report an answer
command-paysupport = Write to a person about a payment
command-terms = Terms
command-privacy = What we keep about you
command-help = What the bot can do
