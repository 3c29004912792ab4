export {
  createModeration,
  type ModeratedRisk,
  type Moderation,
  type ModerationOptions,
  type ModerationOutcome,
} from './create-moderation.ts'
