# When somebody of the team looks into a talk: what the person hears of it.

reading-why = { $kind ->
    [support] to answer a request
    [safety] to see that the talk harms nobody
   *[fault] to look into a fault
  }
notice-talk-read = Somebody of the Vitte team is about to open your talk, for half an hour and only { reading-why }. This is written down. If you object, send /paysupport to the bot: another person reads it and answers.
notice-report-read = Somebody of the Vitte team reads the reply that you reported, and the question before it. The rest of the talk stays closed.
