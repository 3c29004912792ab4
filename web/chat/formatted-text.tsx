import { lazy, Suspense } from 'react'

const Markdown = lazy(() => import('./markdown.tsx').then((module) => ({ default: module.Markdown })))

// Anything that Markdown could mean: most lines of a talk have nothing of it and never load the renderer.
const MARKS = /[*_`#>[\]~\\&<]|^\s*(?:[-+]|\d+[.)])\s|^ {4}|^(?:-{3,}|={3,})$/m

/** A companion's words: Markdown where there is some, plain paragraphs otherwise. */
export function FormattedText({ text }: { text: string }) {
  const plain = <Paragraphs text={text} />
  return (
    <div className="prose">
      {MARKS.test(text) ? (
        <Suspense fallback={plain}>
          <Markdown text={text} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  )
}

function Paragraphs({ text }: { text: string }) {
  return (
    text
      .trim()
      .split(/\n{2,}/)
      // biome-ignore lint/suspicious/noArrayIndexKey: the text only ever grows at its end.
      .map((paragraph, index) => <p key={index}>{paragraph}</p>)
  )
}
