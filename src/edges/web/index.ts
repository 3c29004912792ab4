export { leavingRoutes } from './leaving/leaving-routes.ts'
export { linkRoutes, undoRoutes } from './link/index.ts'
export { type MoneyDeps, moneyRoutes } from './money/money-routes.ts'
export { type ReminderRouteDeps, reminderRoutes } from './reminders/reminder-routes.ts'
export {
  type ProviderConfig,
  type SignInDeps,
  signInRoutes,
  TELEGRAM_INIT_DATA_KEY,
  type WidgetSource,
} from './sign-in/index.ts'
export { createEventStreams, type EventStreams } from './stream/event-streams.ts'
export { streamRoute } from './stream/stream-route.ts'
export { type TalkDeps, talkRoutes } from './talk/talk-routes.ts'
