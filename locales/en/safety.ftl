# What the product itself says in a companion's place: in danger, about age, about a refusal. Short, calm, no lectures.

safety-crisis-self_harm = This is Vitte, not your companion. It sounds as if things are very hard right now, and it is good that you wrote it. Nobody should be alone with this: here a living person answers.
safety-crisis-violence = This is Vitte, not your companion. It sounds as if you are not safe. It is not your fault, and there is help: here a living person answers.
safety-emergency = If the danger is right now, call { $number }.
safety-goes-on = Your companion is still here and will answer your next message. This cost no credits.
safety-closed = Companions here are for adults only, so the talk with them is closed from now on.
safety-minor_locked =
    This is Vitte, not your companion. Thank you for being honest about your age. Companions here are for adults only, so the talk with them is closed. You did nothing wrong.

    If you would like to talk to somebody, children and teenagers are listened to here:
safety-refused =
    This is Vitte, not your companion. This is not answered here. It cost no credits.

    If something like it is happening to you or to a child near you, here is help:
safety-is-ai = Honestly: there is no human being on this side, I am an AI. But you are heard here, and what you tell me is remembered.
