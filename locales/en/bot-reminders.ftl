# Reminders in the bot, and the reminders themselves.

reminder-said = ⏰ You asked to be reminded: { $text }
reminder-said-late = ⏰ You asked to be reminded: { $text } (this was due { $when })
reminder-zone-unknown = { $when } Moscow time

notice-reminder-set = All right: the reminder will come { $when }.
notice-reminder-gone = This reminder is no longer there.
notice-reminders-none = Nothing is waiting for its time right now.
notice-reminder-examples =
    Write when to remind you and of what, for example:
    /remind 10m turn off the oven
    /remind tomorrow at 9:00 call mum
    /remind December 31 at 23:00 make a wish
notice-reminder-unreadable = It is not clear when the reminder should come.
notice-reminder-empty = It is not said what to remind you of.
notice-reminder-past = That time has already passed.
notice-reminder-too-far = Reminders reach five years ahead at most.
notice-reminder-too-long = That is too long: a reminder has { $max } characters at most.
notice-reminder-too-many = There are { $count } reminders waiting, and no more fit in. Those you do not need can go: /remind.
notice-reminder-zone-unknown = To get the time right, your time zone is needed. Choose it, then send the reminder again.

button-reminders = Reminders
button-reminders-edit = Edit in the app
button-drop = Remove { $number }
button-unremind = Cancel

answer-dropped = Removed
answer-dropped-before = This reminder was gone already.

command-remind = Be reminded of something
