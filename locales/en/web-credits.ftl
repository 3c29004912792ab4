### Balance, buying and the subscription. Loaded only together with them (web/credits).

## Balance

credits-lead = Replies are paid with credits. The balance is one for Telegram and the website.
credits-explained-basic = For ordinary talks
credits-explained-pro = For special replies
credits-explained-cassandra = For talks and readings with Cassandra
credits-basic-name = Basic
credits-basic-for = for talking
credits-pro-name = Pro
credits-pro-for = for special replies
credits-cassandra-name = Cassandra
credits-cassandra-for = for readings
balance-title = Balance
balance-more = Credits and history
balance-explained = This is what you can use: credits set aside for a reply in progress are already taken off. A reply that fails costs nothing. The balance is one for Telegram and the website.
prices-title = What a reply costs
prices-active = with you now
prices-free = Free
prices-left = { $count ->
    [one] { $price }; you have enough for { $count } reply
   *[other] { $price }; you have enough for { $count } replies
}
prices-none = { $price }; not enough for now
prices-failed = The prices did not load.

## Debt

debt-title = A debt comes first
debt-basic = { $count ->
    [one] Owed: { $count } basic credit
   *[other] Owed: { $count } basic credits
}
debt-pro = { $count ->
    [one] Owed: { $count } pro credit
   *[other] Owed: { $count } pro credits
}
debt-cassandra = { $count ->
    [one] Owed: { $count } Cassandra credit
   *[other] Owed: { $count } Cassandra credits
}
debt-text = The Stars of a purchase went back to you after part of its credits had been spent. Your next purchase pays this first, and the rest goes to your balance. Until then no reply starts on credits of this kind.

## When credits are gone or few

spent-title = Out of credits
spent-basic = You are out of basic credits
spent-pro = You are out of pro credits
spent-cassandra = You are out of Cassandra credits
spent-kept = Your text is kept and will wait for you here.
spent-history = Your history stays with you, and the talk goes on from the same place.
spent-other = Talk to another companion: { $name }
spent-cap = That was your limit for today
spent-cap-text = You set it yourself on the credits page. It starts anew tomorrow, and you can change it now.
spent-cap-change = Change the limit
low-text = { $count ->
    [one] Credits for { $count } more reply.
   *[other] Credits for { $count } more replies.
}
low-hide = Don't remind me again

## Buying

shop-title = Top up
shop-open = Top up
shop-lead = You pay with Stars, inside Telegram. What you buy does not expire.
shop-empty = Nothing is on sale right now. Please look again later.
shop-failed = The offers did not load.
shop-connect = Stars are paid in Telegram, so connect it first. Your history and credits stay with you.
shop-month = every month
shop-replies = { $count ->
    [one] { $name }: { $count } reply
   *[other] { $name }: { $count } replies
}
shop-buy = { $stars ->
    [one] Buy for { $stars } Star
   *[other] Buy for { $stars } Stars
}
shop-subscribe = { $stars ->
    [one] Subscribe for { $stars } Star a month
   *[other] Subscribe for { $stars } Stars a month
}
shop-stars = { $stars ->
    [one] { $stars } Star
   *[other] { $stars } Stars
}
shop-subscribed = You have it
shop-invoice-title = Now pay in Telegram
shop-invoice-text = The link opens the invoice in Telegram. Pay it from the Telegram that is connected here, and the credits will appear on this page by themselves.
shop-invoice-open = Open the invoice in Telegram
shop-invoice-other = Choose something else
shop-waiting = Waiting for Telegram to confirm. The credits will appear here by themselves.
shop-arrived-title = The credits are here
shop-arrived-text = Your balance is up to date everywhere: here, in Telegram and on the website.
shop-arrived-done = Good

## Subscription

subscription-title = Subscription
subscription-active = { $stars ->
    [one] Active until { $day }, then it renews for another month for { $stars } Star.
   *[other] Active until { $day }, then it renews for another month for { $stars } Stars.
}
subscription-canceled = It will not renew. The subscription is active until { $day }, and no more Stars will be charged.
subscription-reopened = The subscription is active until { $day }. It may renew again: Telegram shows whether renewing is on, under Settings, My Stars.
subscription-failed = It could not renew: Telegram was not able to charge the Stars. The credits that came stay with you.
subscription-stop = Stop renewing
subscription-stop-title = Stop renewing?
subscription-stop-text = No more Stars will be charged. The subscription is active until { $day }, and the credits that came stay with you.
subscription-stop-yes = Stop
subscription-stop-no = Keep it as it is
subscription-stopped = It will not renew.
subscription-resume = Renew again
subscription-resume-title = Renew again?
subscription-resume-text = It may renew again. If renewing is on in Telegram too, { $stars ->
    [one] { $stars } Star is charged
   *[other] { $stars } Stars are charged
} on { $day }, and the credits of the next month arrive.
subscription-resume-yes = Renew
subscription-resumed = Done. Check in Telegram whether renewing is on: Settings, My Stars.
subscription-unknown = The state of the subscription did not load.

## Limit of a day

cap-title = A limit for the day
cap-text = How many credits a day you allow yourself, all kinds together. Once it is used up, replies wait for the next day.
cap-none = There is no limit now.
cap-now = { $count ->
    [one] Now: { $count } credit a day.
   *[other] Now: { $count } credits a day.
}
cap-field = Credits a day
cap-save = Save
cap-remove = Remove the limit
cap-wrong = A whole number from 1 to { $max }, please.
cap-zone = No time zone is chosen, so the day is counted in UTC.

## History

entries-title = History
entries-empty = Here you will see where credits came from and where they went.
entries-failed = The history did not load.
entries-more = Show earlier
entries-spent = spent
entries-came = received
entry-welcome = A welcome gift
entry-hold = { $count ->
    [one] A reply
   *[other] { $count } replies
}
entry-release = { $count ->
    [one] Given back: a reply did not work out
   *[other] Given back: replies did not work out ({ $count })
}
entry-refund = Given back: a reply did not reach you
entry-merge = Joining with another login
entry-undo = Parting from another login
entry-welcome_returned = A second gift is not given when logins join
entry-other = A change of the balance
entry-hold-named = { $count ->
    [one] { $name }: a reply
   *[other] { $name }: { $count } replies
}
entry-purchase = A purchase
entry-subscription = A month of the subscription
entry-claw_back = Stars went back: the credits were taken off
entry-owed = Stars went back: a debt is noted
entry-debt_paid = A debt was paid from a purchase
entry-operator_grant = A gift from support
entry-migration = Carried over from the earlier version
