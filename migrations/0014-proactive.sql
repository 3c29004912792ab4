-- Room: domain/proactive. What the companion says first. Where a row says so, the row is the job (platform/leases).

-- What somebody asked to be reminded of; due when it is to be said. The text is sealed like a message.
CREATE TABLE reminders (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  sealed_text bytea NOT NULL,
  remind_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'said', 'skipped', 'cancelled')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0,
  -- Whom it came from in a merge.
  merged_from uuid,
  PRIMARY KEY (id),
  CHECK ((due_at IS NOT NULL) = (state = 'open'))
);
CREATE INDEX reminders_due ON reminders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX reminders_open ON reminders (user_id, remind_at) WHERE due_at IS NOT NULL;

-- When somebody who wants it may next hear from the companion. Planned many at once; only a row whose text is to be
-- written now is a job for one worker.
CREATE TABLE engagements (
  user_id uuid PRIMARY KEY,
  -- The person's last line that this plan goes by, or when they said yes.
  silent_since timestamptz NOT NULL,
  -- Which moment of this silence comes next, from 0; and at how many of them something was said.
  moment smallint NOT NULL DEFAULT 0,
  said smallint NOT NULL DEFAULT 0,
  phase text NOT NULL DEFAULT 'waiting' CHECK (phase IN ('waiting', 'writing')),
  -- Null: not wanted any more.
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0
) WITH (fillfactor = 80);
CREATE INDEX engagements_due ON engagements (due_at) WHERE due_at IS NOT NULL AND phase = 'waiting';
CREATE INDEX engagements_writing ON engagements (due_at) WHERE due_at IS NOT NULL AND phase = 'writing';
-- Who said yes before there was anything to say.
INSERT INTO engagements (user_id, silent_since, due_at)
  SELECT id, now(), now() FROM users WHERE proactive_enabled AND merged_into IS NULL;

-- One text of the operators for many. Running ones are jobs: whoever leases one goes on where the last one stopped.
CREATE TABLE campaigns (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL,
  -- {ru, en}: nobody's private talk.
  texts jsonb NOT NULL,
  audience jsonb NOT NULL,
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'running', 'paused', 'cancelled', 'done')),
  -- Counted when it was made, and again when it starts; in the end those who were looked at.
  total integer NOT NULL,
  -- What became of those it was said to, or not; what is still under way is in none of them.
  sent integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  -- Everybody up to this user has been looked at.
  reached_user uuid,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0,
  -- One that was stopped is looked after until nothing of it is under way.
  CHECK (due_at IS NOT NULL OR state <> 'running')
);
CREATE INDEX campaigns_due ON campaigns (due_at) WHERE due_at IS NOT NULL;

-- What was said first and why, or why not. Its key keeps anybody from hearing one thing twice, whatever runs beside.
CREATE TABLE initiatives (
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('reminder', 'engagement', 'campaign')),
  -- Of a reminder or a campaign its id; of an engagement the microsecond since when the person is silent, and which one it is.
  cause text NOT NULL,
  -- Null: it was said; else why it was not.
  skipped text,
  -- The line of the history.
  message_id uuid,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Of a campaign: its message is still under way, and not yet among those that the campaign counts.
  awaited boolean NOT NULL DEFAULT false,
  merged_from uuid,
  PRIMARY KEY (user_id, kind, cause)
);
-- How many of these somebody has heard today.
CREATE INDEX initiatives_heard ON initiatives (user_id, at) WHERE skipped IS NULL AND kind <> 'reminder';
CREATE INDEX initiatives_awaited ON initiatives (cause) WHERE awaited;

-- Room: domain/delivery. What can be pressed under a message, by the name that its channel knows it by.
ALTER TABLE deliveries ADD COLUMN buttons text;

-- Room: domain/identity. When the person last wrote; who is looked at by silence is many, and their lines lie apart.
ALTER TABLE users ADD COLUMN spoke_at timestamptz;
UPDATE users u SET spoke_at = (
  SELECT m.created_at FROM messages m WHERE m.user_id = u.id AND m.role = 'user' ORDER BY m.seq DESC LIMIT 1);
-- Whoever plans ahead looks at these of many people, and at nothing else of their rows.
DROP INDEX identities_user;
CREATE INDEX identities_user ON identities (user_id) INCLUDE (provider, reachability, external_id);
DROP INDEX conversations_one_active;
CREATE UNIQUE INDEX conversations_one_active ON conversations (user_id) INCLUDE (id) WHERE status = 'active';

-- Room: domain/identity. Those who want to hear from the companion, in the order in which a campaign goes through them.
CREATE INDEX users_welcoming ON users (id)
  WHERE proactive_enabled AND adult_confirmed_at IS NOT NULL AND merged_into IS NULL;
