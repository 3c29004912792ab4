-- Room: domain/memory. What a companion keeps of a conversation. All of it can be written anew from the messages.

-- One row per conversation that has lines to remember: the rolling summary, and the job that writes it.
-- The summary is sealed: additional data = 'memories' + conversation id.
CREATE TABLE memories (
  user_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  sealed_summary bytea,
  -- The last line that summary and facts have seen; null: none yet, or all are to be read again.
  seen_message_id uuid,
  -- Replies since then.
  replies_waiting integer NOT NULL DEFAULT 0,
  -- Raised when the person changes what is remembered: a run that began before writes nothing.
  version integer NOT NULL DEFAULT 0,
  written_at timestamptz,
  -- An archived conversation's memory goes when it cannot be brought back any more.
  expires_at timestamptz,
  -- Whom it came from in a merge.
  merged_from uuid,
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, conversation_id)
) WITH (fillfactor = 80);
CREATE INDEX memories_due ON memories (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX memories_expiring ON memories (expires_at) WHERE expires_at IS NOT NULL;

-- Sealed: additional data = 'facts' + id. A forgotten fact keeps its row without the text: what it was drawn from, and
-- the answer to it, are shown to no model any more.
CREATE TABLE facts (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  -- The person's line that it was drawn from, and the turn that answers it.
  message_id uuid NOT NULL,
  turn_id uuid,
  sealed_text bytea,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  edited_at timestamptz,
  forgotten_at timestamptz,
  -- Keyed hash of what was forgotten: the same is not drawn again from another line.
  forgotten_mark bytea,
  PRIMARY KEY (user_id, id),
  CHECK ((sealed_text IS NULL) = (forgotten_at IS NOT NULL))
);
CREATE INDEX facts_conversation ON facts (user_id, conversation_id);

-- Room: domain/identity. Whether and when the companion may write first. Null: never chosen; hours are then the
-- installation's.
ALTER TABLE users
  ADD COLUMN proactive_enabled boolean,
  ADD COLUMN quiet_hours text;

-- Room: domain/replies. Of each conversation the last line from elsewhere that the bot's chat was shown in a recap.
CREATE TABLE recaps (
  user_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  message_id uuid NOT NULL,
  shown_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, conversation_id)
);

-- Room: domain/conversations. Between these two places of the history none of its lines lie: it was archived at the
-- first and brought back at the second. Null: not known.
ALTER TABLE conversations
  ADD COLUMN gap_from bigint,
  ADD COLUMN gap_to bigint;
