## Terms and what is kept

notice-terms =
    The terms in short.

    The companions are made up, and artificial intelligence writes for them. It makes mistakes and replaces no doctor, lawyer or friend. If you are not well we tell you whom to call, but this is no emergency service.

    The talks are for people of 18 and older; nothing sexual that involves children, in any form.

    The price of a reply is shown before a conversation begins. A reply that fails costs nothing.

    Credits are bought with Telegram Stars and never expire. The subscription renews every month until you stop it: /credits. If something is wrong with a purchase, write /paysupport: a person looks, and if you got nothing for a payment, all Stars go back to you.

    When Stars go back, the credits they brought are taken back, and those already spent are owed: the next purchase settles that. After several refunds in a row purchases are paused until a person has looked.

    Stars and Telegram itself go by Telegram's own rules.

    All of it: { $url }
notice-privacy =
    What we keep about you, in short.

    How you sign in (your number and name in Telegram, or your mail address), your talks with companions, their notes about you, reminders, settings, sessions, purchases and what was spent.

    Talks, notes, reminders and questions about payments are kept encrypted, with a key of its own for everybody. To answer, a language model reads your messages. Operators see no texts but what you write to them; a talk can be read only with a written reason, and you are told. Reporting a reply opens just that one.

    Telegram takes the payments: we see no cards or accounts.

    Take everything along: /export. Delete everything: /delete, with a day to change your mind; then the key is destroyed. What stays: records of payments (the number of the payment, sum and time; no name, no number of yours in Telegram, no talk), a fingerprint of your login that shows that the welcome credits were given (without our key nobody can tell the login from it), and the record of what was done, without names or texts.

    Telegram itself keeps a copy of this chat, and only you can erase that.

    All of it: { $url }

notice-texts-changed =
    What you agreed to has changed: the terms ({ $terms }) and what we keep about you ({ $privacy }).

    Read it when it suits you; no talk is interrupted for it. If the new one does not suit you, you can take everything along (/export) and delete it (/delete).
notice-texts-agreed = Your agreement is recorded. Thank you.
button-agree = Read and accepted

# Stands in a text where the operator of the installation has given no name.
legal-operator-unnamed = name and address are not given here yet.
