-- Room: domain/credits. A transfer takes whole credits from one account to another, so the books
-- cannot get out of balance; balances are its projection. Accounts: available, held and debt of the
-- user, and house, the other side of every grant and every capture.

CREATE TABLE ledger_transfers (
  user_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL CHECK (type IN ('basic', 'pro', 'cassandra')),
  amount integer NOT NULL CHECK (amount > 0),
  from_account text NOT NULL CHECK (from_account IN ('house', 'available', 'held', 'debt')),
  to_account text NOT NULL CHECK (to_account IN ('house', 'available', 'held', 'debt')),
  reason text NOT NULL,
  -- What happened in the business (hold:<turn>, settle:<turn>, welcome:<…>): the same deed is booked once.
  business_key text NOT NULL,
  turn_id uuid,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, id),
  UNIQUE (user_id, business_key),
  CHECK (from_account <> to_account)
);

CREATE TABLE credit_balances (
  user_id uuid NOT NULL,
  type text NOT NULL CHECK (type IN ('basic', 'pro', 'cassandra')),
  available integer NOT NULL DEFAULT 0 CHECK (available >= 0),
  held integer NOT NULL DEFAULT 0 CHECK (held >= 0),
  debt integer NOT NULL DEFAULT 0 CHECK (debt >= 0),
  PRIMARY KEY (user_id, type)
) WITH (fillfactor = 70);

-- Keyed hash of an identity that once got its welcome credits; it outlives the user on purpose.
CREATE TABLE welcome_grants (
  identity_hash bytea PRIMARY KEY,
  granted_at timestamptz NOT NULL DEFAULT now()
);

-- Each transfer as its two entries.
CREATE VIEW ledger_entries AS
  SELECT user_id, id, type, from_account AS account, -amount AS amount, reason, turn_id, created_at FROM ledger_transfers
  UNION ALL
  SELECT user_id, id, type, to_account AS account, amount, reason, turn_id, created_at FROM ledger_transfers;
