import { useRef, useState } from 'react'
import type { Fact } from '#contract/api'
import { useTexts } from '../texts/texts-provider.tsx'
import { FactCard } from './fact-card.tsx'
import { FactEditor } from './fact-editor.tsx'
import { ForgetSheet } from './forget-sheet.tsx'

interface FactListProps {
  /** Whose memory it is. */
  name: string
  facts: Fact[]
}

/** The newest first. What is being edited stays open, even when it is forgotten elsewhere meanwhile. */
export function FactList({ name, facts }: FactListProps) {
  const { t } = useTexts()
  const [editing, setEditing] = useState<Fact | null>(null)
  const [edited, setEdited] = useState<string | null>(null)
  const [forgetting, setForgetting] = useState<Fact | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const lost = editing && !facts.some(({ id }) => id === editing.id) ? [editing] : []
  const endEditing = () => {
    setEdited(editing?.id ?? null)
    setEditing(null)
  }
  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label={t('memory-list')} className="mt-6 flex flex-col gap-3 outline-none">
        {[...lost, ...facts.toReversed()].map((fact) => (
          <li key={fact.id} className="card rises px-4.5 pt-4 pb-2">
            {fact.id === editing?.id ? (
              <FactEditor fact={fact} onEnd={endEditing} />
            ) : (
              <FactCard
                fact={fact}
                takesFocus={fact.id === edited}
                onEdit={() => setEditing(fact)}
                onForget={() => setForgetting(fact)}
              />
            )}
          </li>
        ))}
      </ul>
      {forgetting && (
        <ForgetSheet
          fact={forgetting}
          name={name}
          onForgotten={() => list.current?.focus()}
          onClose={() => setForgetting(null)}
        />
      )}
    </>
  )
}
