import ReactMarkdown, { type Components } from 'react-markdown'
import { Link } from 'wouter'

const components: Components = {
  h2: ({ children }) => <h2 className="pt-8 pb-1 text-[1.5rem] leading-snug">{children}</h2>,
  // These texts lead to each other only.
  a: ({ href = '/', children }) => (
    <Link href={href} className="text-accent underline underline-offset-3">
      {children}
    </Link>
  ),
}

/** Our own Markdown from `legal/`. */
export function LegalWords({ text }: { text: string }) {
  return (
    <div className="prose pt-4 text-pretty">
      <ReactMarkdown skipHtml allowedElements={['p', 'h2', 'ul', 'li', 'strong', 'em', 'a']} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
}
