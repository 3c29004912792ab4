### The page of reminders. Loaded only with it (web/reminders).

reminders-lead = At the time you choose your companion reminds you in Telegram. Times here go by the clock of this device.
reminders-add = Add a reminder
reminders-list = Reminders
reminders-none = Nothing yet. What you ask for in the talk comes here too: “remind me tomorrow at nine…”.
reminders-web = Reminders come in Telegram only. Connect it, and they can be set here.
reminders-unreachable = The bot cannot write to you right now, so reminders will not come. Open the chat with it and press Start.
reminders-failed = The reminders did not load. Try once more.
reminders-text = What to remind you of
reminders-day = Day
reminders-time = Time
reminders-set = Remind me
reminders-save = Save
reminders-change = Change
reminders-change-named = Change: { $text }
reminders-cancel = Remove
reminders-cancel-named = Remove: { $text }
reminders-cancel-title = Remove this reminder?
reminders-keep = Keep
reminders-cancelled = Removed.
reminders-empty = Write what to remind you of.
reminders-no-time = Choose a day and a time.
reminders-too-long = { $count ->
    [one] Too long: take { $count } character away.
   *[other] Too long: take { $count } characters away.
}
reminders-gone = This reminder has come already, or was removed. Your text is still here and can be copied.
