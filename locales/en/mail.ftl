mail-code-subject = { $code } is your Vitte sign-in code
mail-code-lead = Your code to sign in to Vitte:
mail-code-lifetime = It works once, within 10 minutes. If you asked for several codes, only the latest one works.
mail-code-stranger = If you were not signing in to Vitte, just delete this mail: nobody gets in without the code. Share it with no one — we never ask for it.

# About logins: { $telegram } names the Telegram of the other side.
mail-telegram-full = “{ $name }”, @{ $username }
mail-telegram-name = “{ $name }”
mail-telegram-nameless = it gives no name

mail-link-warning-subject = Connect your Vitte login to Telegram?
mail-link-warning-lead = Someone asked Vitte to connect your e-mail login to a Telegram ({ $telegram }). All that is left is to send the bot the code from the page.
mail-link-warning-next = If this is your Telegram, just send the code.
mail-link-warning-stranger = If it belongs to someone else, do nothing and tell nobody the code: without it nothing changes, and in a few minutes it stops working.

mail-linked-subject = Your Vitte login is connected to Telegram
mail-linked-lead = Your e-mail login is now connected to a Telegram ({ $telegram }): history, credits and the conversation are shared.
mail-linked-next = If you change your mind, you can undo this on the website within 7 days, under “Logins and devices”.
mail-linked-stranger = If that Telegram belongs to someone else, sign in to the website with this address and remove it there.

mail-undone-subject = Your Vitte login is separate from Telegram again
mail-undone-lead = Your e-mail login is no longer connected to Telegram ({ $telegram }).
mail-undone-next = What was yours before is back here, and what was written since has stayed in Telegram. Of the credits, as many came back as were left.
mail-undone-stranger = If this was not your decision, sign in to the website with this address and see who else has access, under “Logins and devices”.
