### The sign-in page. Comes together with it.

hero-line = A quiet evening, and someone who listens.
hero-text = One conversation on all your screens: begin in Telegram, carry on here. History and balance are shared, and every answer arrives where the question was asked.
sign-in-title = Sign in
sign-in-link = Sign in to see what this link would join. Opening it changes nothing.
sign-in-telegram = Continue with Telegram
sign-in-provider = Continue with { $label }
sign-in-or = or by email
sign-in-fine = The companions are artificial intelligence, not people. For adults only, 18+.
sign-in-error-cancelled = The sign-in was cancelled. Try again, or choose another way.
sign-in-error-unavailable = This way in is not answering right now. Try later, or sign in by email.
sign-in-error-other = That did not work. Try again, or choose another way in.
