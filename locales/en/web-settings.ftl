### Pages of one's own: settings, memory, all conversations. Loaded only together with them (web/settings, web/memory).

## Settings

settings-saved = Saved
settings-not-saved = Not saved: the server did not answer. Everything is as it was.
settings-day = Language and time
settings-language = Language
settings-zone = Time zone
settings-zone-unknown = Not chosen
settings-zone-own = This device says: { $zone }, { $time }
settings-zone-take = Use this
settings-zone-find = City or country
settings-zones-found = { $count ->
    [one] { $count } time zone
   *[other] { $count } time zones
}
settings-zones-none = No such city in the list. Try the country, or a larger city nearby.
settings-first = Who writes first
settings-first-allow = Your companion may write first
settings-first-text = Now and then, for example when you have been away for long. Only in Telegram: such messages never come to the website.
settings-first-web = A companion can write first only in Telegram. Connect it, and here you will choose whether they may and when they keep quiet.
settings-first-unreachable = Right now the bot cannot write to you. Open its chat and press “Start”.
settings-quiet = Quiet hours
settings-quiet-text = Your companion will not write first at this time.
settings-quiet-none = There are none: a message may come at night.
settings-quiet-from = from
settings-quiet-to = to
settings-quiet-zone = Choose a time zone, so that the quiet hours match your night.
settings-look = Appearance
settings-mood = Light
settings-mood-system = As the system
settings-mood-day = Day
settings-mood-night = Night
settings-mood-telegram = Light or dark here follows the theme of your Telegram.
settings-motion = Motion
settings-motion-system = As the system
settings-motion-less = Less
settings-own = Yours
settings-own-memory = What is remembered about you
settings-own-reminders = What to remind you of in Telegram
settings-own-credits = The balance, and where it went
settings-own-conversations = The current one and the archive
settings-own-logins = How you sign in, and where

## Cities by which a time zone is looked for

zone-moscow = Moscow
zone-kaliningrad = Kaliningrad
zone-samara = Samara
zone-saratov = Saratov
zone-volgograd = Volgograd
zone-astrakhan = Astrakhan
zone-ulyanovsk = Ulyanovsk
zone-kirov = Kirov
zone-yekaterinburg = Yekaterinburg
zone-omsk = Omsk
zone-novosibirsk = Novosibirsk
zone-barnaul = Barnaul
zone-tomsk = Tomsk
zone-novokuznetsk = Novokuznetsk
zone-krasnoyarsk = Krasnoyarsk
zone-irkutsk = Irkutsk
zone-chita = Chita
zone-yakutsk = Yakutsk
zone-vladivostok = Vladivostok
zone-sakhalin = Yuzhno-Sakhalinsk
zone-magadan = Magadan
zone-kamchatka = Petropavlovsk-Kamchatsky
zone-anadyr = Anadyr
zone-almaty = Almaty
zone-nicosia = Cyprus
zone-makassar = Bali
zone-new_york = New York
zone-los_angeles = Los Angeles
zone-toronto = Toronto
zone-sydney = Sydney
zone-places-moscow = Saint Petersburg, Kazan, Nizhny Novgorod, Krasnodar, Rostov-on-Don, Sochi, Voronezh
zone-places-samara = Tolyatti, Izhevsk
zone-places-yekaterinburg = Chelyabinsk, Ufa, Perm, Tyumen, Orenburg, Surgut
zone-places-novokuznetsk = Kemerovo
zone-places-krasnoyarsk = Abakan, Norilsk
zone-places-vladivostok = Khabarovsk, Komsomolsk-on-Amur
zone-places-almaty = Astana, Kazakhstan
zone-places-nicosia = Nicosia, Limassol
zone-places-makassar = Denpasar, Indonesia

## Memory

memory-title = What { $name } remembers
memory-lead = This stays from your conversation and helps to answer you. Anything here can be corrected or forgotten.
memory-list = What is remembered
memory-source = from the talk
memory-source-named = from the talk: { $text }
memory-edit = Edit
memory-edit-named = Edit: { $text }
memory-forget = Forget
memory-forget-named = Forget: { $text }
memory-field = What is remembered
memory-save = Save
memory-empty = An empty note cannot be saved. You can forget it instead.
memory-too-long = { $count ->
    [one] Too long: take out { $count } character.
   *[other] Too long: take out { $count } characters.
}
memory-gone = This was already forgotten on another device. Your text is still here, so you can copy it.
memory-forget-title = Forget this?
memory-forget-text = { $name } will not come back to it. The conversation itself stays in the history. This cannot be undone.
memory-forgotten = Forgotten.
memory-empty-title = Nothing yet
memory-empty-text = Tell something about yourself that you would like to be remembered. What matters will appear here by itself.
memory-empty-talk = Back to the conversation
memory-nobody = Memory comes with a conversation. Choose whom to talk to.
memory-failed = This did not load. Please try again.

## Conversations

conversations-lead = An archived conversation can be brought back for 30 days. It becomes the current one; the present one is archived, and can be brought back as well.
settings-own-data = Take it along, or delete it
