-- Room: domain/identity. Which identity a session has proven when: dangerous deeds ask for fresh proof of one that
-- is not the one they take away.

-- A session that came through a merge changes its secret at its next request; the old one lives a minute longer, for
-- requests that were under way.
ALTER TABLE sessions
  ADD COLUMN must_rotate boolean NOT NULL DEFAULT false,
  ADD COLUMN previous_token_hash bytea,
  ADD COLUMN previous_valid_until timestamptz;
CREATE UNIQUE INDEX sessions_previous_token ON sessions (previous_token_hash) WHERE previous_token_hash IS NOT NULL;

CREATE TABLE session_proofs (
  session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  identity_id uuid NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  proven_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (session_id, identity_id)
);
CREATE INDEX session_proofs_identity ON session_proofs (identity_id);

-- Room: domain/linking. How two users become one, and two again.

CREATE TABLE link_tokens (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  -- bot: asked for by /link. web: two logins were proven in one browser.
  origin text NOT NULL CHECK (origin IN ('bot', 'web')),
  telegram_user_id uuid NOT NULL,
  -- Known from the start on the web, and since the confirmation that asked for a code in the bot's case.
  web_user_id uuid,
  -- The browser session that confirmed, which moves to the survivor.
  session_id uuid,
  -- Whose word is waited for when two logins were proven in one browser: the user who was signed in there.
  confirmer_user_id uuid,
  state text NOT NULL CHECK (state IN ('open', 'used', 'superseded', 'voided')),
  code_hash bytea,
  code_tries integer NOT NULL DEFAULT 0,
  code_expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
-- The newest link of a bot chat is the one that works.
CREATE UNIQUE INDEX link_tokens_one_open ON link_tokens (telegram_user_id) WHERE origin = 'bot' AND state = 'open';
CREATE INDEX link_tokens_telegram_user ON link_tokens (telegram_user_id, created_at);
CREATE INDEX link_tokens_web_user ON link_tokens (web_user_id) WHERE web_user_id IS NOT NULL;
CREATE INDEX link_tokens_created ON link_tokens USING brin (created_at);

-- The journal: what each room needs to take its part of a merge back.
CREATE TABLE merges (
  id uuid PRIMARY KEY,
  survivor_id uuid NOT NULL REFERENCES users (id),
  absorbed_id uuid NOT NULL REFERENCES users (id),
  -- How sure it was that both were one person. link: whoever held the bot's link. code: the chat sent the page's code.
  -- logins: both were proven in one browser.
  way text NOT NULL CHECK (way IN ('link', 'code', 'logins')),
  journal jsonb NOT NULL DEFAULT '{}',
  merged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  undone_at timestamptz,
  -- Another link or a deletion ended the time in which it can be undone.
  closed_at timestamptz
);
CREATE INDEX merges_survivor ON merges (survivor_id, merged_at);
CREATE INDEX merges_absorbed ON merges (absorbed_id);

-- Room: domain/audit. What was done to logins, by whom and when; rows are added and never changed. No text of a
-- message, no address: a client is a keyed hash.

CREATE TABLE audit_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The user as it then was; null when nobody was recognised.
  user_id uuid,
  kind text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  client_hash bytea,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX audit_events_user ON audit_events (user_id, id) WHERE user_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_events_only_grows BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Room: domain/conversations. Which user a line and a conversation came from, as long as the merge can be undone.

ALTER TABLE messages ADD COLUMN merged_from uuid;
ALTER TABLE conversations
  ADD COLUMN merged_from uuid,
  -- Its lines became part of another one: hidden, and there again after an undo.
  ADD COLUMN joined_into uuid;
