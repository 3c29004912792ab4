import { draw } from './icons.tsx'

export const MailIcon = draw(
  'M4 7.5A1.5 1.5 0 0 1 5.5 6h13A1.5 1.5 0 0 1 20 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 16.5v-9ZM4.5 7.5 12 13l7.5-5.5',
)
export const KeyIcon = draw(
  'M11.8 12.2 4.5 19.5m3.2-3.2 2 2m1.2-5.2 1.7 1.7M15 13.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Z',
)
export const TalkIcon = draw('M5 17.5V7.5A2.5 2.5 0 0 1 7.5 5h9A2.5 2.5 0 0 1 19 7.5v6a2.5 2.5 0 0 1-2.5 2.5H9l-4 3.5Z')
export const PeopleIcon = draw(
  'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 8c.5-3.5 2.8-5.5 6-5.5s5.5 2 6 5.5M15.5 5a3.2 3.2 0 0 1 0 6.2M17.5 14.5c2 .6 3.2 2.3 3.5 5',
)
export const LeaveIcon = draw(
  'M14 5H7.5A1.5 1.5 0 0 0 6 6.5v11A1.5 1.5 0 0 0 7.5 19H14M11 12h9m0 0-3.5-3.5M20 12l-3.5 3.5',
)
export const BackIcon = draw('M15 5l-7 7 7 7')
export const JoinIcon = draw(
  'M9.5 14.5l5-5M10.8 7.2l1.6-1.6a4.2 4.2 0 0 1 6 6l-1.6 1.6M13.2 16.8l-1.6 1.6a4.2 4.2 0 0 1-6-6l1.6-1.6',
)
export const ScreenIcon = draw(
  'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 14.5v-8ZM9 19.5h6M12 16v3.5',
)
export const PlusIcon = draw('M12 5v14M5 12h14')
export const SettingsIcon = draw(
  'M4 7.5h9.2m4.6 0H20M4 16.5h2.2m4.6 0H20M15.5 5.2a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6Zm-7 9a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6Z',
)
export const MemoryIcon = draw(
  'M7 4.5h10A1.5 1.5 0 0 1 18.5 6v14L12 16.2 5.5 20V6A1.5 1.5 0 0 1 7 4.5ZM9 8.5h6M9 11.5h3.5',
)
export const BellIcon = draw('M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5l1.5-1.5ZM10 20.5h4M12 3.5v2')
export const NextIcon = draw('M10 6l6 6-6 6')
