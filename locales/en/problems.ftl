# Refusals: problem-<code>. A sentence or two: what happened and what one can do.

problem-malformed = The request could not be read.
problem-invalid_input = Something in the request is not right: please check what you entered.
problem-too_large = That is too much for one request.
problem-unsupported_encoding = Compressed requests are not accepted.
problem-not_found = There is no such thing here.
problem-method_not_allowed = This cannot be done here.
problem-internal = Something went wrong on our side. Please try again a little later.
problem-unavailable = The service is briefly unavailable. Please try again in a few seconds.
problem-not_ready = The service is not ready yet.
problem-rate_limited = { $seconds ->
    [one] Too often. Try again in { $seconds } second.
   *[other] Too often. Try again in { $seconds } seconds.
}

problem-unauthorized = Please sign in to continue.
problem-cross_site = The request came from another site, so we did not carry it out.
problem-not_fresh = Please sign in once more to do this.
problem-invalid_signature = We could not confirm the sign-in. Please start over.
problem-expired = The sign-in data is too old. Please start over.
problem-replayed = This sign-in data has been used already. Please start over.
problem-invalid_code = That code did not work. Check it or ask for a new one.
problem-sign_in_state = This sign-in was started in another window or too long ago. Please start over.
problem-sign_in_cancelled = The sign-in was cancelled.
problem-sign_in_failed = The sign-in did not work. Please try again.
problem-provider_unavailable = The sign-in service is not answering. Try later or sign in another way.
problem-last_login = This is your only way to sign in, so it cannot be removed.

problem-adult_confirmation_required = Please confirm first that you are 18 or older.
problem-minor_locked = Companions here are for adults only. You wrote that you are under 18, so the talk with them is closed.
problem-no_active_conversation = Choose first whom to talk to.
problem-persona_unknown = There is no such companion.
problem-story_unknown = This companion has no such story.
problem-conversation_gone = This conversation can no longer be brought back.
problem-not_retryable = This reply cannot be asked for again.
problem-insufficient_credits = Not enough credits. Your text is kept and can be sent later.
problem-daily_cap_reached = You have reached your own limit for today. Your text is kept: send it tomorrow, or change the limit.
problem-offer_unknown = This is no longer on sale. Have a look at what is.
problem-payments_held = Purchases are paused for now. Write /paysupport to the bot and we will sort it out.
problem-already_subscribed = You have the subscription already.
problem-no_subscription = There is no subscription now.
problem-renewal_elsewhere = This subscription was stopped in Telegram itself. It can be renewed there, in the Stars settings.
problem-telegram_refused = Telegram did not accept the request. Please try again a little later.
problem-request_closed = This request is closed already.
problem-telegram_unavailable = Telegram is not answering right now. Please try again in a minute.
problem-lane_full = Too many messages are waiting for an answer. Wait for one of them first.
problem-too_many_streams = Too many windows are open. Please close some.
problem-idempotency_key_required = The request has no Idempotency-Key.
problem-idempotency_mismatch = This Idempotency-Key was used for another request.
problem-conflict = Things changed while you were doing this. Please reload the page.
problem-delivery_not_lost = This message is on its way or has arrived, so there is nothing to send again.
problem-chat_unreachable = There is nowhere to send it: the chat is closed to the bot or no longer belongs to this person.
problem-campaign_over = This campaign is already over or cancelled.
problem-campaign_not_started = This campaign has not been started yet.
problem-campaign_paused = This campaign is paused: it can be resumed or cancelled.
problem-telegram_required = This needs Telegram: connect it, or, if it is connected, open the chat with the bot and press Start.

problem-telegram_already_linked = This Telegram already has another login; nothing has changed.
problem-web_already_linked = Another Telegram is connected here already; nothing has changed.
problem-login_taken = A separate conversation has begun under this login; nothing has changed.
problem-link_unknown = There is no such link. Get a new one by sending /link to the bot.
problem-link_expired = This link has expired. Get a new one by sending /link to the bot.
problem-used = This link has been used already. Get a new one by sending /link to the bot.
problem-superseded = A newer link has replaced this one.
problem-voided = The bot was sent a wrong code too often, so this link no longer works. Get a new one with /link.
problem-other_login = This is another login. The one that was joined is needed.
problem-nothing_to_undo = There is nothing to undo: nothing was joined, or seven days have passed.

problem-page-title = That did not work
problem-page-way = Back to sign-in
problem-too_slow = The request took too long.
problem-fact_too_long = That is too long: one note holds up to { $max } characters. What you wrote is still with you.
problem-reminder_past = That time has already passed. Choose another.
problem-reminder_too_far = Reminders reach five years ahead at most.
problem-reminder_too_long = That is too long: a reminder has { $max } characters at most. What you wrote is still here.
problem-reminder_too_many = There are { $count } reminders waiting, and no more fit in. Remove some first.
problem-text_outdated = The text has changed meanwhile. Reload the page and read the new one.
problem-export_dead = This link does not work any more: it opens once and lives for a day. Get a new one in the settings.
problem-reading_expired = The half hour is over. To read on, open the talk again and say why.
problem-damaged = Part of what lay here is damaged and does not open. The rest is in place; we have been told and will look.
