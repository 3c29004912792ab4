import { useState } from 'react'
import { accentOf } from '../theme/accent.ts'

interface PortraitProps {
  persona: { id: string; name: string; avatarUrl: string }
  className: string
}

/** A companion's face; the first letter of the name stands in when the picture does not come. Always beside the name. */
export function Portrait({ persona, className }: PortraitProps) {
  const [broken, setBroken] = useState(false)
  return (
    <span
      data-accent={accentOf(persona.id)}
      className={`inline-grid shrink-0 place-items-center overflow-hidden rounded-full bg-accent-soft ${className}`}
    >
      {broken ? (
        <span className="display text-accent text-[1.4em]" aria-hidden="true">
          {persona.name.slice(0, 1)}
        </span>
      ) : (
        <img
          src={persona.avatarUrl}
          alt=""
          className="size-full object-cover"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  )
}
