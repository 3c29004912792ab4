# Credits, Stars and the subscription: what the bot says about money.

notice-price = { $price } a reply
notice-stars = { $count ->
    [one] { $count } Star
   *[other] { $count } Stars
}

notice-offers-title = Get credits
notice-offers = Credits are bought with Telegram Stars. They never expire and are shared by the bot, the app and the website.
notice-offer-pack = { $title }: { $stars }, which bring { $credits }.
notice-offer-subscription = { $title }: { $stars } a month, which bring { $credits } every month. It renews by itself, and you can stop it any day.
notice-offers-none = Nothing is sold here right now.
notice-offers-away = Telegram does not make invoices right now. Try again a little later: /subscribe.
notice-payments-held = Purchases are paused: there were several refunds, and a person will look at them. You can write to them with /paysupport.

notice-subscription-name = Subscription
notice-subscription-active = “{ $title }” is paid until { $day } and will renew by itself.
notice-subscription-canceled = “{ $title }” is stopped and ends on { $day }. The credits that have come stay with you.
notice-subscription-reopened = “{ $title }” is paid until { $day } and may renew again. Telegram shows whether renewing is on: Settings, My Stars.
notice-subscription-failed = “{ $title }” did not renew: Telegram could not take the Stars. The credits that have come stay with you.
notice-stop-renewal = Stop the subscription “{ $title }”? No more Stars will be taken. The credits that have come stay with you, and you can change your mind until { $day }.

notice-debt = For a refunded purchase { $credits } are still owed. The next purchase settles this first, and until then replies for such credits wait.
notice-daily-cap = The daily limit you set for yourself is used up for today. Your message is kept: it can be answered tomorrow, or after changing the limit in the app.
notice-low-balance = You have { $amount } left, less than three replies. We won't mention it again until more credits come.
notice-kept = Your message waits for an answer.
notice-kept-none = All messages are answered.

notice-payment-received = Thank you, the Stars have come. They brought { $credits }.
notice-payment-received-debt = Thank you, the Stars have come: { $credits }. What was owed for a refunded purchase was settled from them first.
notice-payment-refunded = The Stars went back to you, and what they had brought was taken back: { $credits }.

## When a payment can't be taken: one sentence in the payment window, at most 255 characters

checkout-unavailable = The invoice could not be checked right now, no Stars were taken. Please try again in a minute.
checkout-unknown-order = We don't know this invoice, no Stars were taken. /subscribe in the bot makes a new one.
checkout-wrong-person = This invoice was made for somebody else, no Stars were taken. /subscribe in the bot makes your own.
checkout-wrong-sum = The sum of this invoice is not right, no Stars were taken. /subscribe in the bot makes a new one.
checkout-order-paid = This invoice is paid already, there is no need to pay twice. /subscribe in the bot makes a new one.
checkout-order-expired = This invoice is too old, no Stars were taken. /subscribe in the bot makes a new one.
checkout-payments-held = Purchases are paused, no Stars were taken. Please write to a person: /paysupport in the bot.
checkout-already-subscribed = You have a subscription already, no Stars were taken. /credits in the bot shows how it stands.

## Questions about payments

notice-paysupport = What went wrong with a payment? Write it in one message: what you bought, when, and what happened. A person reads it and answers here, usually within two days.
notice-paysupport-taken = Your question is passed on. A person answers, usually within two days, and the answer comes here.
notice-paysupport-too-many = Your earlier questions still wait for an answer. Please wait for at least one: a person answers, usually within two days.
notice-paysupport-too-long = That is a little long: please keep it within { $max } characters and send it again with /paysupport.
notice-paysupport-words = This needs words: please describe in one message what happened with the payment.
notice-support-answer = The answer to your question about a payment:
