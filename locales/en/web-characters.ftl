### Companions and their stories: the list, the page, the beginning of a talk. Comes together with these pages.

companions-title = Who shall it be?
companions-again = Companions
companions-lead = Each has a character and stories of their own. Choose where to begin; you can change your mind at any time.
companions-ai = All companions are artificial intelligence.
companions-failed-title = The list did not load
companions-failed-text = The server did not answer. Please try again.
companions-gone = This companion is not here. Your earlier conversations are safe, and here is who you can talk to now.
companion-active = With you now
companion-stories = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
stories-title = Where to begin
story-start = Start talking
story-renew = Refresh and continue
story-continue = Continue as it is
story-archives = Your conversation with { $name } will be archived; you can bring it back for 30 days.
story-archives-this = The present conversation will be archived; you can bring it back for 30 days.
story-gone = This story is no longer told. You can begin with another one.
started-title = { $name } is waiting
started-text = The first line is already in your chat with the bot. Carry on there or here: it is one conversation.
started-text-unreached = The conversation is open. The bot cannot write to you yet: press “Start” in its chat, or stay here.
started-stay = Stay here
adult-title = Before you begin
adult-ai = Your companion is artificial intelligence, not a person. It can be wrong, and it does not replace a doctor, a lawyer or the people close to you.
adult-text = The conversations here are for adults. Please confirm that you are 18 or older; we ask only once.
adult-agree = By pressing the button you accept the terms and what we keep about you.
adult-yes = I am 18 or older and accept
adult-no = Not now
