-- Room: domain/identity. Who a person is, and every proof of it.

CREATE TABLE users (
  id uuid PRIMARY KEY,
  display_name text NOT NULL DEFAULT '',
  locale text NOT NULL CHECK (locale IN ('ru', 'en')),
  timezone text,
  adult_confirmed_at timestamptz,
  -- The data key that seals this user's new rows (user_keys.id).
  key_id uuid NOT NULL,
  -- The history is dense from seq_base to last_seq.
  seq_base bigint NOT NULL DEFAULT 1,
  last_seq bigint NOT NULL DEFAULT 0,
  last_persona_id text,
  -- A tombstone points to the user it was merged into; its id keeps resolving.
  merged_into uuid REFERENCES users (id),
  created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);

CREATE TABLE user_keys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX user_keys_user ON user_keys (user_id);

-- The foreign key is checked at commit: first contact inserts the identity before the user,
-- so that of two racing first contacts only one makes a user.
CREATE TABLE identities (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED,
  provider text NOT NULL,
  external_id text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('telegram', 'web', 'whatsapp', 'wechat', 'viber')),
  display_name text NOT NULL DEFAULT '',
  username text,
  reachability text NOT NULL DEFAULT 'never_started'
    CHECK (reachability IN ('reachable', 'never_started', 'blocked', 'deactivated')),
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider, external_id)
);
CREATE INDEX identities_user ON identities (user_id);
CREATE UNIQUE INDEX identities_one_messenger ON identities (user_id, provider) WHERE channel <> 'web';

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id),
  token_hash bytea NOT NULL UNIQUE,
  interface text NOT NULL CHECK (interface IN ('webapp', 'browser')),
  device text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  -- When the person last proved an identity in this session; fresh proof is asked for dangerous deeds.
  proven_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE email_codes (
  -- Keyed hash of the normalised address: the address itself is stored only once it is proven.
  address_hash bytea PRIMARY KEY,
  code_hash bytea NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

-- Signed sign-in payloads seen, so that each works only as often as it may.
CREATE TABLE proof_uses (
  proof_hash bytea PRIMARY KEY,
  uses integer NOT NULL,
  first_used_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
