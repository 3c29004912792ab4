import type { ReactNode } from 'react'

export type Icon = (props: { className?: string }) => ReactNode

/**
 * Drawn on a 24 grid with one stroke; decoration only, the name stands on the button that holds it. What the chat itself
 * does not show is in `menu-icons.tsx`.
 */
export function draw(path: string, filled = false): Icon {
  return ({ className = 'size-5' }) => (
    <svg
      className={className}
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke={filled ? 'none' : 'currentColor'}
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}

export const SendIcon = draw('M12 19V5m0 0-6 6m6-6 6 6')
export const StopIcon = draw(
  'M8.5 7h7A1.5 1.5 0 0 1 17 8.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 15.5v-7A1.5 1.5 0 0 1 8.5 7Z',
  true,
)
export const DownIcon = draw('M12 5v14m0 0 6-6m-6 6-6-6')
export const CloseIcon = draw('M6 6l12 12M18 6 6 18')
export const MenuIcon = draw('M4 8h16M4 16h11')
export const ClockIcon = draw('M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z')
export const SendingIcon = draw('M12 3.5a8.5 8.5 0 0 1 8.5 8.5')
export const CheckIcon = draw('M5 12.5l4.5 4.5L19 7.5')
export const AlertIcon = draw('M12 7.5v5.5m0 3.2v.1M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z')
export const RetryIcon = draw('M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4')
export const FlagIcon = draw('M6 20V5m0 0c3-2 6 2 12 0v8c-6 2-9-2-12 0')
export const SparkIcon = draw(
  'M12 3.5c.6 4.8 3.7 7.9 8.5 8.5-4.8.6-7.9 3.7-8.5 8.5-.6-4.8-3.7-7.9-8.5-8.5 4.8-.6 7.9-3.7 8.5-8.5Z',
)
export const PlaneIcon = draw('M20.5 4 3.5 10.7l5.3 2 2.1 6.8 3-4.3 4.5 3.3L20.5 4Zm-11.7 8.7 8.2-5.7')
export const WindowIcon = draw('M8 4h8a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm2.5 13h3')
export const GlobeIcon = draw(
  'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Zm0 0c-5 5-5 12 0 17m0-17c5 5 5 12 0 17M3.8 12h16.4',
)
