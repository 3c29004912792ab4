const ASKS_TO_REMIND =
  /^(?:[\p{L}-]{1,30},\s*)?(?:пожалуйста,?\s+|please,?\s+)?(?:напомни(?:те)?(?:-ка)?(?![\p{L}])(?:\s+мне(?![\p{L}]))?|remind\s+me(?![\p{L}]))(?:,?\s*(?:пожалуйста|please))?[\s,:;—–-]*/iu
/** "Remind me what we decided on Friday" asks for an answer, not for a message on Friday. */
const ASKS_FOR_AN_ANSWER =
  /^(?:как(?:ой|ая|ое|ие|ую|ого|их)?|кто|кого|кому|где|куда|откуда|когда|почему|зачем|сколько|о\s+ч[её]м|про\s+что|что\s+(?:было|мы|ты|вы|я)|чем|чей|чья|what|how|who|where|when|why|which)(?!\p{L})/iu
/** Asks for a yes, and is still a wish. */
const ASKS_FOR_A_YES = /[\s,.;:—–-]+(?:хорошо|ладно|пожалуйста|ок|окей|okay|ok|please|will\s+you|would\s+you)\s*\?+$/iu
/** What leads from the time to what it is about. */
const LEADS_ON = /^(?:,?\s*(?:что|чтобы|о\s+том,?\s+что|to|that)\s+)/iu

/** What follows "напомни мне" or "remind me"; null for a line that asks for no reminder. */
export function wishInWords(line: string): string | null {
  const asking = ASKS_TO_REMIND.exec(line.trimStart())
  if (!asking) return null
  const wish = line.trimStart().slice(asking[0].length).trim().replace(ASKS_FOR_A_YES, '')
  return wish === '' || wish.endsWith('?') || ASKS_FOR_AN_ANSWER.test(wish) ? null : wish
}

/** "to call mother" is to be said as "call mother". */
export function withoutLead(text: string): string {
  return text.replace(LEADS_ON, '')
}
