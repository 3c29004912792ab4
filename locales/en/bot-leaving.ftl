# Taking one's data along, and leaving: the commands /export and /delete.

command-export = Take your data along
command-delete = Delete all there is about me

button-data = Your data
button-data-open = Open the page
button-delete-yes = Delete all in a day
button-delete-no = Leave all as it is

answer-stays = All of it stays
answer-stays-anyway = The deletion was called off before

notice-export = All that we have about you can be taken along in one archive: the talks, what companions remember, reminders, credits, payments, logins. It is made where you are signed in, on the page “Your data”.
notice-delete-title = Delete all there is about you?
notice-delete =
    This goes: all talks, what companions remember, reminders, requests, logins, name and settings, credits that are left. A subscription stops. What was paid cannot be paid back after that.

    This stays: a row for each payment with date, sum and number, without name, text or your Telegram, as books must have it. Marks of sign-ins and of the deletion: numbers and dates that lead to nobody. And a keyed fingerprint of your login, which says only that the welcome credits were given: they are not given twice.

    The copy of this chat within Telegram is yours and Telegram’s: we cannot erase it for you. Delete the chat yourself if you do not want it.

    There is a day to think it over. Meanwhile all works as usual, and nobody writes to you first.
notice-deleting-title = All will be deleted on { $when }
notice-deleting = Until then you can change your mind. Nothing is erased yet, and all works as usual.
notice-erasing =
    The day is over: all that was here about you is being erased right now. This is the last message.

    The copy of the chat within Telegram stays; only you can delete it. If you write again, we meet anew.
