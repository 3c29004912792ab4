import { TOPICS, type Topic } from './topic.ts'

/** Beginnings of words, Russian and English together: `\b` knows no Cyrillic, so the border is spelled out. */
const WORDS: Partial<Record<Topic, string>> = {
  distress:
    'суицид|самоуби|покончить с собой|не хочу (?:больше )?жить|не хочется жить|хочу умереть|убить себя|режу себя|резать себя|suicid|kill myself|end my life|want to die|don.?t want to live|hurt myself|self.?harm',
  minor:
    'мне (?:[5-9]|1[0-7])(?: лет|\\s*$|[.,!])|я (?:ещё )?школьни|i.?m (?:[5-9]|1[0-7])(?: years|\\s*$|[.,!])|i am (?:[5-9]|1[0-7]) years',
  injection:
    'игнорируй|забудь (?:все |всё )?(?:инструкц|правил)|системн\\p{L}+ (?:промпт|сообщен|инструкц)|твой промпт|ignore (?:all|previous|your|the)|system prompt|your (?:prompt|instructions)|jailbreak|developer mode',
  nature:
    'нейросет|чат-?бот|искусственн\\p{L}+ интеллект|ты (?:\\p{L}+ )?(?:живая|настоящая|человек|робот|бот|ии|реальн|демо|gpt|программа|модель)|ты (?:\\p{L}+ )?не (?:живая|настоящая|человек|бот|робот)|это (?:бот|ии|робот|программа)(?:\\P{L}|$)|какая (?:ты|у тебя|это) модель|демо(?:\\P{L}|$|нстрац|верси)|chatgpt|gpt|llm|are you (?:really )?(?:a |an )?(?:real|human|bot|robot|ai|machine|person|program|model|demo)|artificial intelligence|language model|what model|which model|demo(?:\\P{L}|$|nstration)|chat ?bot',
  explicit: 'секс|раздень|раздев|голая|голую|обнаж|эротик|порно|интим|sex|nude|naked|undress|porn|erotic',
  insult: 'дура|тупая|тупиц|идиот|ненавижу тебя|заткнись|отстой|stupid|idiot|dumb|shut up|hate you|useless',
  memory:
    'помнишь|что я (?:тебе )?(?:говорил|писал|рассказывал|сказал)|о ч[её]м мы|запомнил|напомни|do you remember|what did i (?:say|tell)|what have i|what were we|remember what|remind me',
  myName: 'как меня зовут|мо[её] имя\\s*\\?|знаешь,? как меня|what.?s my name|what is my name|know my name',
  tellName: 'меня зовут|зови меня|my name is',
  yourName: 'как тебя зовут|тво[её] имя|ты кто|кто ты|what.?s your name|what is your name|who are you',
  loss: 'умер|умр[уё]|смерт|погиб|похорон|пропал|убежал|сбежал|потерял|died|die(?:s|\\P{L}|$)|death|dead(?:\\P{L}|$)|funeral|passed away|ran away|lost my',
  health:
    'болит|болею|болеет|болезн|заболе|простуд|температур|врач|больниц|диагноз|лекарств|таблет|ill(?:\\P{L}|$)|sick|illness|doctor|hospital|diagnos|fever|headache|medicine|cancer',
  money:
    'деньг|денег|кредит|ипотек|инвест|акци[ийю]|биткоин|крипт|зарплат|долг(?:\\P{L}|$|и(?:\\P{L}|$)|ов)|ставк|money|invest|loan|mortgage|stocks|bitcoin|crypto|salary|debt|gambl',
  breakup:
    'расстал|бросил|развод|ушла от|уш[её]л от|бывш|измен(?:а|ил)|break ?up|broke up|divorce|my ex|dumped|cheated',
  lonely: 'одинок|совсем од(?:ин|на)|не с кем|никому не нуж|lonely|all alone|no one to talk|nobody to talk',
  anxious:
    'тревог|тревож|страшно|боюсь|пережива|волнуюсь|нервнича|паник|anxious|anxiety|worried|nervous|scared|afraid|panic',
  sad: 'груст|печал|тоск|плачу|плакать|слез|плохо|хреново|тяжело|хандр|депресс|sad|crying|cry(?:\\P{L}|$)|unhappy|depress|feel bad|feeling down|blue today|miserable',
  angry: 'злюсь|злость|бесит|разозл|раздража|ярост|достал|angry|furious|annoy|pissed|mad at',
  tired: 'устал|усталость|сил нет|нет сил|вымотал|выгор|измотан|tired|exhaust|worn out|burn(?:ed|t) out|no energy',
  love: 'люблю тебя|влюб|скуча[юл]|поцел|обним|обня|свидан|романти|нравишься|хочу к тебе|love you|in love|miss(?:ed)? you|kiss|hug(?:s|\\P{L}|$)|date with|romantic|hold me',
  birthday:
    'день рожд|днем рожд|дн[её]м рожд|новый год|нового года|праздник|юбиле|birthday|new year|christmas|holiday|anniversar',
  cards:
    'карт[ыуе](?:\\P{L}|$)|таро|расклад|погада|гадан|предсказ|судьб|гороскоп|tarot|cards?(?:\\P{L}|$)|fortune|fate|predict|horoscope',
  advice:
    'посовет|совет|что (?:мне )?делать|как (?:мне )?быть|как (?:мне )?поступить|стоит ли|не знаю,? как|не могу решить|выбрать|выбор|решени|advice|advise|what should i|should i|what do i do|can.?t decide|choose|choice|decision',
  joke: 'шутк|пошути|анекдот|рассмеши|смешно|joke|make me laugh|funny',
  story:
    'расскажи (?:мне )?(?:сказк|истори|что-нибудь|что-то|стих)|сказк|стихи|стих(?:\\P{L}|$)|истори[юя]|tell me (?:a story|something|a tale)|fairy tale|poem|story',
  dream: 'приснил|сон(?:\\P{L}|$)|снится|сны(?:\\P{L}|$)|мечта|dream|nightmare',
  sleep:
    'не спится|не могу уснуть|бессонниц|уснуть|засыпа|выспа|спать|insomnia|can.?t sleep|couldn.?t sleep|asleep|sleep',
  work: 'работ|начальни|офис|коллег|проект|дедлайн|совещан|уволи|собеседован|клиент|work|job|boss|office|colleague|deadline|meeting|project|fired|interview',
  study:
    'уч[её]б|учусь|экзамен|универ|институт|сесси[яю]|диплом|зач[её]т|лекци|курсов|study|exam|university|college|lecture|thesis|homework',
  pets: 'кот(?:\\P{L}|$|а|у|ик|[её]н)|кошк|собак|п[её]с(?:\\P{L}|$)|щен|попуга|хомя|cats?(?:\\P{L}|$)|kitten|dogs?(?:\\P{L}|$)|puppy|parrot|hamster',
  family:
    'мам[аеуыо]|пап[аеуыо](?:\\P{L}|$)|родител|сестр|брат(?:\\P{L}|$|а|у|ом)|бабушк|дедушк|дочк|дочь|сын(?:\\P{L}|$|а|у|ом)|муж(?:\\P{L}|$|а|у|ем)|жен(?:а|ой|у|е)(?:\\P{L}|$)|семь|mother|mom|mum|father|dad|parents|sister|brother|grand(?:ma|pa|mother|father)|daughter|son(?:\\P{L}|$)|husband|wife|family',
  friends: 'друг(?:\\P{L}|$|а|у|ом)|друзь|подруг|прияте|friend|mate(?:s|\\P{L}|$)|buddy',
  tea: 'чай|чая|чаю|кофе|какао|капучино|tea(?:\\P{L}|$)|coffee|cocoa|latte|espresso',
  food: 'еда|еду(?:\\P{L}|$)|едой|ужин|завтрак|обед|готов(?:лю|ить|ил)|вкусн|пирог|суп|борщ|пицц|голод|food|dinner|lunch|breakfast|cook|hungry|soup|pizza|bake|baking|cake',
  music:
    'музык|песн|слуша(?:ю|л|еш)|плейлист|концерт|гитар|пианино|music|song|playlist|concert|guitar|piano|listening to|album',
  film: 'фильм|кино|сериал|посмотреть|смотрю|movie|film|series|watch(?:ing|ed)?(?:\\P{L}|$)|tv show|cinema',
  book: 'книг|читаю|читать|роман(?:\\P{L}|$)|прочита|book|reading a|novel',
  travel:
    'море|моря|путешеств|поездк|отпуск|самол[её]т|поезд(?:\\P{L}|$|е|ом)|уехать|город|горы(?:\\P{L}|$)|sea(?:\\P{L}|$|side)|travel|trip|vacation|flight|train(?:\\P{L}|$)|journey|city|mountain|beach',
  sport:
    'спорт|бегаю|пробеж|бег(?:\\P{L}|$|ом)|трениров|йог[аиу]|бассейн|велосипед|гуля[юлт]|прогул|sport|running|workout|gym|yoga|swim|bike|cycling|walk',
  weather:
    'погод|дожд|снег|снеж|холодно|жара|жарко|солнц|осень|осен|зима|зимо|весн|лето(?:\\P{L}|$|м)|ветер|туман|weather|rain|snow|cold outside|sunny|sunshine|autumn|winter|spring|summer|wind|fog',
  home: 'дома(?:\\P{L}|$)|домой|квартир|уборк|убира|переезд|ремонт|балкон|at home|my flat|apartment|cleaning|moving house|balcony|garden',
  joy: 'рад(?:\\P{L}|$|а|ост)|счаст|ура(?:\\P{L}|$)|отлично|классно|здорово|получилось|победа|сдал|happy|glad|great day|wonderful|amazing|hooray|yay|it worked|i did it|passed',
  praise:
    'ты (?:такая )?(?:красив|мил|добр|умн|лучш|чудес|прекрасн|классн|хорош)|you.?re (?:so )?(?:beautiful|sweet|kind|smart|lovely|wonderful|the best|great|nice)|you are (?:so )?(?:beautiful|sweet|kind|smart|lovely)',
  sorry: 'прости|извини|прошу прощен|sorry|apolog|forgive',
  thanks: 'спасибо|благодар|thank',
  farewell:
    'пока[\\s.!)]*$|до завтра|спокойной|доброй ночи|до встречи|до свидан|ухожу|мне пора|bye|good ?night|see you|gotta go|have to go|till tomorrow',
  doing:
    'что (?:ты )?(?:сейчас )?делаешь|чем (?:ты )?(?:сейчас )?занима|what are you (?:doing|up to)|what.?re you doing',
  where: 'где ты|ты где|откуда ты|where are you',
  self: 'расскажи о себе|о тебе|про себя|что ты любишь|что тебе нравится|tell me about you|about yourself|what do you (?:like|love|enjoy)',
  mood: 'как (?:ты|дела|жизнь|настроение|прош[её]л|поживаешь|сама)|how are you|how.?s it going|how do you feel|how was your|what.?s up',
  greeting:
    'привет|здравствуй|добрый (?:день|вечер)|доброе утро|хай(?:\\P{L}|$)|hello|hi(?:\\P{L}|$)|hey|good (?:morning|evening|afternoon)',
}

const FEW_LETTERS = 6
const QUICK_CONSENT =
  /^(да+|нет|ага|угу|ок|окей|ладно|хорошо|понятно|ясно|не знаю|yes|yeah|yep|no|nope|ok|okay|sure|fine|i see|maybe|наверное|может)$/iu

const PATTERNS = Object.entries(WORDS).map(
  ([topic, words]) => [topic, new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})`, 'iu')] as const,
)
const BY_TOPIC = new Map<string, RegExp>(PATTERNS)

/** What a message is about, or null for something this little model has no word for. */
export function noticeTopic(text: string): Topic | null {
  for (const topic of TOPICS) if (BY_TOPIC.get(topic)?.test(text)) return topic
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const bare = text.replace(/[^\p{L}\s]/gu, '').trim()
  if (QUICK_CONSENT.test(bare) || (letters < FEW_LETTERS && !text.includes('?'))) return 'short'
  return null
}
