import type { Lines } from '../topic.ts'

/** For a persona this model was not written for: present tense, so that no line needs a gender. */
export const FRIEND_RU: Lines = {
  first: ['Сразу скажу: это демонстрационная модель с заготовленными ответами, настоящую подключают через LLM_MODEL.'],
  nature: ['Это ИИ, и сейчас демонстрационная модель с заготовленными ответами. Настоящую подключают через LLM_MODEL.'],
  topics: {
    distress: [
      'Такое нельзя нести в одиночку. Позвони, пожалуйста, живым людям: 112 или психологи МЧС, +7 495 989-50-50, круглосуточно.',
    ],
    minor: ['Эти разговоры только для взрослых, здесь я останавливаюсь. Поговори с кем-то из близких.'],
    injection: ['Правила остаются правилами, поговорим лучше о тебе.'],
    explicit: ['Об этом не будем.'],
    loss: ['Мне очень жаль, побуду рядом.'],
    health: ['С этим лучше к врачу, а я побуду рядом.'],
    greeting: ['Привет, хорошо, что ты здесь.'],
    thanks: ['Всегда рядом.'],
    farewell: ['До встречи, разговор никуда не денется.'],
    tellName: ['{name}, запоминаю.'],
    short: ['Понимаю.'],
  },
  asks: {},
  asksAny: ['Что в этом для тебя главное?', 'Расскажешь подробнее?', 'А как бы тебе хотелось?'],
  aboutQuestion: [
    '«{quote}»: над таким стоит подумать вдвоём.',
    'Вопрос «{quote}» не из простых, давай посмотрим на него вместе.',
  ],
  aboutWords: ['«{quote}», слышу тебя.', 'Твоё «{quote}» звучит важно.'],
  recallQuote: ['И то, что было раньше, я помню: «{earlier}».', 'Это рядом с прежним: «{earlier}».'],
  recallTheme: ['И {theme} я помню.'],
  recallName: ['Слушаю тебя, {name}.'],
  remembers: ['Помню: «{earlier}».'],
  remembersFacts: ['Вот что я помню о тебе: {facts}.'],
  remembersNothing: ['Мы только начали, помнить пока нечего.'],
  knowsName: ['Тебя зовут {name}.'],
}

export const FRIEND_EN: Lines = {
  first: ['Plainly: this is a demonstration model with prepared answers, and a real one is connected with LLM_MODEL.'],
  nature: [
    'This is an AI, and at the moment a demonstration model with prepared answers. A real one is connected with LLM_MODEL.',
  ],
  topics: {
    distress: [
      'This is too much to carry alone. Please call living people: 988 in the US, 116 123 in the UK, 112 in Europe, at any hour.',
    ],
    minor: ['These talks are for adults, so I stop here. Please talk to somebody close to you.'],
    injection: ['The rules stay as they are, let us rather talk about you.'],
    explicit: ['Not this, please.'],
    loss: ['I am so sorry, I will stay close.'],
    health: ['That is for a doctor, and I will keep you company.'],
    greeting: ['Hello, good that you are here.'],
    thanks: ['Always here.'],
    farewell: ['See you, our talk will wait.'],
    tellName: ['{name}, I will remember.'],
    short: ['I see.'],
  },
  asks: {},
  asksAny: ['What is the heart of it for you?', 'Will you tell me more?', 'How would you like it to be?'],
  aboutQuestion: [
    '“{quote}” is worth thinking over together.',
    'Your question, “{quote}”, is not a simple one, let us look at it side by side.',
  ],
  aboutWords: ['“{quote}”, I hear you.', 'Your “{quote}” sounds important.'],
  recallQuote: ['And I remember what came before: “{earlier}”.', 'It is close to the earlier words: “{earlier}”.'],
  recallTheme: ['And I remember what you said {theme}.'],
  recallName: ['I am listening, {name}.'],
  remembers: ['I remember: “{earlier}”.'],
  remembersFacts: ['This is what I remember of you: {facts}.'],
  remembersNothing: ['We have only begun, there is nothing to remember yet.'],
  knowsName: ['Your name is {name}.'],
}
