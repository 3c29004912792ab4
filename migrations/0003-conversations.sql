-- Room: domain/conversations. One history per user, one active conversation.

CREATE TABLE conversations (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  persona_id text NOT NULL REFERENCES personas (id),
  persona_version integer NOT NULL,
  story_id text,
  status text NOT NULL CHECK (status IN ('active', 'archived')),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  archived_at timestamptz,
  PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX conversations_one_active ON conversations (user_id) WHERE status = 'active';

-- The text is sealed: vault envelope, additional data = 'messages' + id.
-- No foreign keys here: every writer holds the user's row lock, and each key check would be one more
-- index look-up on the hottest path; the audit job checks the references instead.
CREATE TABLE messages (
  user_id uuid NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid,
  turn_id uuid,
  role text NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
  channel text NOT NULL,
  interface text NOT NULL,
  content_type text NOT NULL CHECK (content_type IN ('text', 'voice', 'photo', 'sticker', 'other')),
  sealed_text bytea NOT NULL,
  -- When the messenger says it was sent; null where we are the clock.
  sent_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, seq)
);
CREATE UNIQUE INDEX messages_id ON messages (user_id, id);
