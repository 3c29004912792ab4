### The page “Your data”. Loaded with it alone (web/leaving).

data-export = Take it along
data-export-text = All that we have about you in one archive: talks, what companions remember, reminders, credits, payments, logins. The link opens once, and only here.
data-export-action = Download the archive
data-export-begun = The archive is being made and downloaded.
data-proof = All that you have told lies here, so please show that it is you.

leave-heading = Leave
leave-text = You can delete all there is about you. There will be a day to think it over.
leave-action = Delete all
leave-title = Delete all there is about you?
leave-goes = This goes
leave-goes-talks = every talk, every line and reminder
leave-goes-memory = all that companions remember
leave-goes-logins = name, settings, logins and requests
leave-goes-credits = credits that are left; a subscription stops, and what was paid cannot be paid back
leave-stays = This stays
leave-stays-payments = a row for each payment: date, sum, number, without name, text or your Telegram; books must have it
leave-stays-marks = marks of sign-ins and of the deletion: numbers and dates that lead to nobody
leave-stays-fingerprint = a keyed fingerprint of the login: it says only that the welcome credits were given
leave-stays-telegram = the copy of the chat within Telegram: it is yours and Telegram’s, and we cannot erase it for you
leave-day = All of it goes in a day. Until then you can change your mind here or in the bot, and all works as usual.
leave-yes = Delete all in a day
leave-no = Stay
leave-proof = Only whose it is may do this: please show that it is you.
leaving-until = All will be deleted on { DATETIME($when, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit") }.
leaving-meanwhile = Until then you can change your mind. Nothing is erased yet.
