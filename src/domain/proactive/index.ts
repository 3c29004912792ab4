export { advanceCampaign, type CampaignDeps } from './campaigns/advance-campaign.ts'
export type { Audience, Campaign, CampaignState, CampaignTexts } from './campaigns/campaign.ts'
export { CAMPAIGN_QUEUE, CAMPAIGN_TOPIC } from './campaigns/campaign-queue-store.ts'
export { findCampaign, listCampaigns } from './campaigns/campaign-store.ts'
export { type CampaignDeed, type CampaignRefusal, changeCampaign } from './campaigns/change-campaign.ts'
export { createCampaign } from './campaigns/create-campaign.ts'
export { changeUser } from './engagement/change-user.ts'
export { ENGAGEMENT_QUEUE, ENGAGEMENT_TOPIC, type EngagementJob } from './engagement/engagement-queue-store.ts'
export { type EngagementOptions, oldestDueSeconds } from './engagement/engagement-store.ts'
export { PLAN_BATCH_MAX, type PlanDeps, planAhead } from './engagement/plan-ahead.ts'
export { type EngagementDeps, writeEngagement } from './engagement/write-engagement.ts'
export type { Cause, InitiativeKind, MeasureInitiative, SkipReason } from './kinds.ts'
export { judge, type MannersOptions, type Verdict, ZONE_UNKNOWN } from './manners-store.ts'
export { proactivePart } from './merge-proactive.ts'
export { proactivePersonalData } from './personal-proactive-store.ts'
export { type HeedDeps, heedWish } from './reminders/heed-wish.ts'
export { remindersPart } from './reminders/merge-reminders.ts'
export { remindersPersonalData } from './reminders/personal-reminders-store.ts'
export type { Reminder } from './reminders/reminder.ts'
export { REMINDER_QUEUE, REMINDER_TOPIC, type ReminderJob } from './reminders/reminder-store.ts'
export {
  type Added,
  type Changed,
  createReminders,
  type ReminderRefusal,
  type Reminders,
} from './reminders/reminders.ts'
export { type SayReminderDeps, sayReminder } from './reminders/say-reminder.ts'
export { readWhen, type When, type WhenRefusal } from './reminders/when/read-when.ts'
export { whenInWords } from './reminders/when-in-words.ts'
export { announceSaid, type SayDeps, type Saying, sayFirst, skip } from './say-first.ts'
