# When there are no more answers today: for the whole service, or for one person.

notice-service-resting =
    All companions are out of strength for today: there were too many talks. Your question is kept and cost no credits. Please ask again tomorrow.
notice-daily-replies =
    You have talked a great deal today, and your companion is resting until tomorrow. Your question is kept and cost no credits. When you are back tomorrow, press the button below.
