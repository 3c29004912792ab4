# Why connect the website with Telegram: only what is true for this person.

connect-same-conversation = The same conversation in Telegram: begin here, go on along the way.
connect-messages = { $messages ->
    [one] Everything said so far stays with you: { $messages } message.
   *[other] Everything said so far stays with you: { $messages } messages.
}
connect-gift = A gift, if your Telegram is new here: { $credits }.
connect-credits-basic = { $amount ->
    [one] { $amount } basic credit
   *[other] { $amount } basic credits
}
connect-credits-pro = { $amount } Pro
connect-credits-cassandra = { $amount } for Cassandra
connect-second-login = A second way to sign in: if you lose this one, your history and credits stay with you.
