import ReactMarkdown, { type Components, type Options } from 'react-markdown'
import { safeLink } from './safe-link.ts'

const ALLOWED = ['p', 'br', 'strong', 'em', 'del', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'hr', 'img']
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']

const Heading: Components['h1'] = ({ children }) => (
  <p>
    <strong>{children}</strong>
  </p>
)

const components: Components = {
  ...Object.fromEntries(HEADINGS.map((level) => [level, Heading])),
  // A picture is fetched from wherever the model was told to: its words stand for it.
  img: ({ alt }) => <>{alt}</>,
  a: ({ href, children }) => {
    const link = safeLink(href)
    if (!link) return <>{children}</>
    return (
      <>
        <a href={link.href} target="_blank" rel="noopener noreferrer nofollow">
          {children}
        </a>
        {String(children).includes(link.host) ? null : <span className="text-muted"> ({link.host})</span>}
      </>
    )
  },
}

/** HTML is no construct of ours: what looks like it is text, as in the bot's chat, and may hold Markdown. */
const htmlAsText: NonNullable<Options['remarkPlugins']>[number] = function (this: { data(): object }) {
  const data = this.data() as { micromarkExtensions?: object[] }
  data.micromarkExtensions ??= []
  data.micromarkExtensions.push({ disable: { null: ['htmlFlow', 'htmlText'] } })
}

/** Markdown of a model, which may have been talked into anything: no pictures, no HTML, links over http(s) with their host shown. */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      skipHtml
      remarkPlugins={[htmlAsText]}
      unwrapDisallowed
      allowedElements={[...ALLOWED, ...HEADINGS]}
      urlTransform={(url) => safeLink(url)?.href ?? ''}
      components={components}
    >
      {text}
    </ReactMarkdown>
  )
}
