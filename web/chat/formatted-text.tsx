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
  let offset = 0
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => {
      // The text only ever grows at its end: where a paragraph begins is its name.
      const key = offset
      offset += paragraph.length + 1
      return <p key={key}>{paragraph}</p>
    })
}
