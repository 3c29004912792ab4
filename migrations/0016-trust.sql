-- Room: domain/identity.
-- Since when companions are closed to somebody who said to be under 18; only an operator opens them again. And since when
-- all that was this person's is gone: the row stays, empty, for the books that name it. And of which versions of the
-- texts people agree to somebody has been told in their chat, so that it is said once.
ALTER TABLE users
  ADD COLUMN minor_locked_at timestamptz,
  -- Written by the operator who opened them again.
  ADD COLUMN minor_unlock_reason text,
  ADD COLUMN erased_at timestamptz,
  ADD COLUMN texts_told text,
  ADD CONSTRAINT users_minor_is_no_adult CHECK (minor_locked_at IS NULL OR adult_confirmed_at IS NULL);

-- PostgreSQL keeps samples of what columns hold; of names, addresses and keys it shall not.
ALTER TABLE users ALTER COLUMN display_name SET STATISTICS 0;
ALTER TABLE user_keys ALTER COLUMN wrapped_key SET STATISTICS 0;
ALTER TABLE identities
  ALTER COLUMN external_id SET STATISTICS 0,
  ALTER COLUMN display_name SET STATISTICS 0,
  ALTER COLUMN username SET STATISTICS 0;
ALTER TABLE sessions ALTER COLUMN device SET STATISTICS 0;

-- Who was joined into somebody goes with them.
CREATE INDEX users_merged ON users (merged_into) WHERE merged_into IS NOT NULL;

-- Answers that the product gave in a companion's place, and answers that were refused: few, and looked for before every prompt.
CREATE INDEX turns_aside ON turns (user_id) WHERE state = 'done' AND code IS NOT NULL;

-- Which version of which text somebody has agreed to, and where.
CREATE TABLE consents (
  user_id uuid NOT NULL,
  document text NOT NULL CHECK (document IN ('terms', 'privacy')),
  version text NOT NULL,
  interface text NOT NULL,
  given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, document, version)
);

-- Room: domain/leaving. Who asked to be forgotten, and when that is done. The row outlives the person: after a backup was
-- put back, it says who has to go again.
CREATE TABLE erasures (
  user_id uuid PRIMARY KEY,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  erased_at timestamptz,
  -- Null: it is done.
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0,
  -- When the files of the database were cleared of what its rows had left behind.
  scrubbed_at timestamptz,
  CHECK ((due_at IS NULL) = (erased_at IS NOT NULL))
);
CREATE INDEX erasures_due ON erasures (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX erasures_unscrubbed ON erasures (erased_at) WHERE erased_at IS NOT NULL AND scrubbed_at IS NULL;

-- Room: domain/replies. What somebody wrote to a report is theirs.
ALTER TABLE reply_reports ALTER COLUMN reason SET STATISTICS 0;

-- Room: domain/leaving.
-- A link under which somebody fetches their own data, once, from the session that asked for it.
CREATE TABLE exports (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  session_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX exports_user ON exports (user_id);
CREATE INDEX exports_expiring ON exports (expires_at);

-- Room: domain/delivery. What is forgotten after a while is found by its age.
CREATE INDEX delivery_attempts_started ON delivery_attempts USING brin (started_at);
CREATE INDEX deliveries_created ON deliveries USING brin (created_at);

-- Room: platform/vault. While the master key is changed both are read; `next_fingerprint` is of the one that follows.
-- The root of what is derived for good (keyed hashes that lie in tables) is the first master key, and is kept wrapped
-- under the present one once that is another.
ALTER TABLE installation
  ADD COLUMN next_fingerprint bytea,
  ADD COLUMN wrapped_root bytea;

-- Room: domain/audit. Each row of the audit in a chain, in the order in which it was sealed: a keyed hash over the one
-- before and the row itself, so that nobody changes, adds or takes one away unseen who has the database alone.
CREATE TABLE audit_seals (
  place bigint PRIMARY KEY,
  event_id bigint NOT NULL UNIQUE,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER audit_seals_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_events_never_empty BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_events, audit_seals FROM PUBLIC, CURRENT_USER;

-- Room: domain/readings. An operator's look into somebody's talk: why, until when, and when the person was told.
CREATE TABLE readings (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  operator_id uuid NOT NULL,
  -- Written by the operator; gone with the person.
  reason text NOT NULL,
  -- Null: the whole talk; else the one exchange that was reported.
  turn_id uuid,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  merged_from uuid
);
CREATE INDEX readings_user ON readings (user_id, opened_at);

-- Room: domain/spending. What the models have cost on one day (UTC), and what is held for replies under way.
CREATE TABLE model_days (
  day date PRIMARY KEY,
  tokens_spent bigint NOT NULL DEFAULT 0,
  tokens_held bigint NOT NULL DEFAULT 0,
  -- Millionths of the currency in which the operator has given the prices.
  micros_spent bigint NOT NULL DEFAULT 0,
  micros_held bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The same of one user: replies for which a model was asked, and their tokens.
CREATE TABLE user_days (
  user_id uuid NOT NULL,
  day date NOT NULL,
  replies integer NOT NULL DEFAULT 0,
  tokens bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, day)
) WITH (fillfactor = 70);
CREATE INDEX user_days_day ON user_days (day);
