# Why connect the website with Telegram: only what is true for this person.

connect-same-conversation = The same conversation in Telegram: begin here, go on along the way.
connect-welcome-credits = A gift: { $basic ->
        [one] { $basic } basic credit
       *[other] { $basic } basic credits
    }, { $pro } Pro and { $cassandra } for Cassandra.
connect-keep-history = Your history and credits stay with you even if you lose access to your mail.
