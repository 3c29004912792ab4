/** Limits that both the server and the page know. Units stand last in each name. */

/** Longest text of one user message, in UTF-16 units (Bot API sendMessage counts the same way). */
export const MESSAGE_TEXT_MAX_LENGTH = 4096

/** Turns that may wait in one lane (user + interface) before a new message is refused. */
export const LANE_WAITING_MAX = 20

/** Event streams one user may hold open at once. */
export const STREAMS_PER_USER_MAX = 8

/** Messages in one history page. */
export const HISTORY_PAGE_MAX = 100
export const HISTORY_PAGE_DEFAULT = 50

/** A silent event stream gets a comment line this often. */
export const STREAM_HEARTBEAT_SECONDS = 15

/** Somebody who typed counts as typing for so long; said again at least once in that time while they go on. */
export const TYPING_SECONDS = 6

/** Digits of a code sent by mail. */
export const EMAIL_CODE_LENGTH = 6

/** Digits of a code that the page shows and the bot's chat must be sent. */
export const LINK_CODE_LENGTH = 6

/** A dangerous deed asks for a proof no older than this. */
export const FRESH_PROOF_SECONDS = 300

/** Longest text of one fact in a companion's memory, in UTF-16 units. */
export const FACT_TEXT_MAX_LENGTH = 300

/** The most credits a day that a person may set as their own limit; above it no limit is the better word. */
export const DAILY_CAP_MAX_CREDITS = 100_000

/** Longest text of one reminder, in UTF-16 units. */
export const REMINDER_TEXT_MAX_LENGTH = 1_000

/** Reminders of one person that may wait at once. */
export const REMINDERS_OPEN_MAX = 100
