mail-code-subject = { $code } is your Vitte sign-in code
mail-code-lead = Your code to sign in to Vitte:
mail-code-lifetime = It works once, within 10 minutes. If you asked for several codes, only the latest one works.
mail-code-stranger = If you were not signing in to Vitte, just delete this mail: nobody gets in without the code. Share it with no one — we never ask for it.
