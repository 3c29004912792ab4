import ReactMarkdown, { type Components } from 'react-markdown'
import { safeLink } from './safe-link.ts'

const ALLOWED = ['p', 'br', 'strong', 'em', 'del', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'hr']
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']

const Heading: Components['h1'] = ({ children }) => (
  <p>
    <strong>{children}</strong>
  </p>
)

const components: Components = {
  ...Object.fromEntries(HEADINGS.map((level) => [level, Heading])),
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

/** Markdown of a model, which may have been talked into anything: no pictures, no HTML, links over http(s) with their host shown. */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      skipHtml
      unwrapDisallowed
      allowedElements={[...ALLOWED, ...HEADINGS]}
      urlTransform={(url) => safeLink(url)?.href ?? ''}
      components={components}
    >
      {text}
    </ReactMarkdown>
  )
}
