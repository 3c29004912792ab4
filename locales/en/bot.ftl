# Everything the bot says in the name of the product.

notice-adult-required =
    Hello. This is Vitte: companions live here whom you can talk to about anything.

    They are made up, and they write with the help of artificial intelligence. The talks are for adults only: please confirm that you are 18 or older.
notice-no-conversation =
    Who would you like to talk to? Choose a companion and the story it begins with.
notice-welcome-back =
    Good to see you. The conversation goes on: just write.
notice-insufficient-credits =
    You are out of credits. Your message is kept and will wait.
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
notice-help =
    Write here as you would to a friend: your companion answers. They are made up and write with the help of artificial intelligence.

    /start — begin
    /link — connect your login on the website
    /credits — how many credits are left
    /help — this page

    The same conversation is open on the website: sign in with Telegram. If you have been there by mail before, connect the two: /link.
notice-credits =
    You have { $basic ->
        [one] { $basic } basic credit
       *[other] { $basic } basic credits
    }, { $pro } Pro and { $cassandra } for Cassandra.
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
notice-open-site =
    Open { $url }

button-adult = I am 18 or older
button-choose = Choose a companion
button-open = Open Vitte
button-retry = Try again
button-menu = Vitte

answer-stale = This button no longer works.
answer-adult-required = Please confirm first that you are 18 or older: /start.
answer-insufficient-credits = There are not enough credits yet.
answer-lane-full = Let's wait for the answers to your earlier messages first.

command-start = Begin
command-link = Connect your login on the website
command-credits = How many credits are left
command-help = What the bot can do
