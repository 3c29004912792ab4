-- Room: domain/credits.
-- The person was told that these run low; forgotten when more come.
ALTER TABLE credit_balances ADD COLUMN low_told boolean NOT NULL DEFAULT false;

-- What an operator gave, and why. Its transfers have the business key operator:<id>:<type>.
CREATE TABLE operator_grants (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  operator_id text NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, id)
);

-- Room: domain/identity. How many credits, of all types together, the person allows themselves a day; null: no cap.
-- Since when no payment is taken, until an operator has looked: who refunds again and again.
ALTER TABLE users
  ADD COLUMN daily_cap integer CHECK (daily_cap BETWEEN 1 AND 100000),
  ADD COLUMN payments_held_at timestamptz;

-- Room: domain/payments. One row per invoice; what it costs and brings is what it did when it was made.
CREATE TABLE orders (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  -- What the invoice carries: random and opaque.
  payload text NOT NULL UNIQUE,
  -- The only Telegram that may pay it.
  telegram_id text NOT NULL,
  offer_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('pack', 'subscription')),
  stars integer NOT NULL CHECK (stars BETWEEN 1 AND 10000),
  basic integer NOT NULL DEFAULT 0 CHECK (basic >= 0),
  pro integer NOT NULL DEFAULT 0 CHECK (pro >= 0),
  cassandra integer NOT NULL DEFAULT 0 CHECK (cassandra >= 0),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'cancelled')),
  invoice_url text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  -- Whom it came from in a merge.
  merged_from uuid,
  PRIMARY KEY (user_id, id)
);

CREATE INDEX orders_open ON orders (expires_at) WHERE state = 'open';

-- One row per payment, by Telegram's own id of it: credited once, whoever tells of it and how often.
CREATE TABLE charges (
  id text PRIMARY KEY,
  user_id uuid NOT NULL,
  order_id uuid NOT NULL,
  telegram_id text NOT NULL,
  stars integer NOT NULL CHECK (stars > 0),
  -- What it brought: a refund takes exactly that back.
  basic integer NOT NULL DEFAULT 0 CHECK (basic >= 0),
  pro integer NOT NULL DEFAULT 0 CHECK (pro >= 0),
  cassandra integer NOT NULL DEFAULT 0 CHECK (cassandra >= 0),
  -- Told by an update, or found by comparing with Telegram's own list.
  source text NOT NULL CHECK (source IN ('update', 'reconciled')),
  renewal boolean NOT NULL DEFAULT false,
  paid_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- By an operator, and why.
  refund_asked_at timestamptz,
  refund_reason text,
  refunded_at timestamptz,
  -- Since when Telegram's own list is known to have the payment, and its refund.
  listed_at timestamptz,
  refund_listed_at timestamptz,
  merged_from uuid
);
CREATE INDEX charges_user ON charges (user_id, paid_at);
CREATE INDEX charges_unlisted ON charges (paid_at) WHERE listed_at IS NULL;
CREATE INDEX charges_order ON charges (order_id);
CREATE INDEX charges_refund_unlisted ON charges (refunded_at) WHERE refund_listed_at IS NULL AND refunded_at IS NOT NULL;

-- A refund that was told before its payment: that payment brings nothing then.
CREATE TABLE early_refunds (
  charge_id text PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The monthly subscription that an order began. One that has expired gives nothing more.
CREATE TABLE subscriptions (
  user_id uuid NOT NULL,
  order_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('active', 'canceled', 'failed')),
  expires_at timestamptz NOT NULL,
  last_charge_id text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  merged_from uuid,
  PRIMARY KEY (user_id, order_id)
);

-- What does not add up between Telegram's Stars and our books, and payments that belong to nobody: for operators.
CREATE TABLE payment_differences (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  charge_id text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at timestamptz,
  UNIQUE (kind, charge_id)
);

CREATE INDEX payment_differences_open ON payment_differences (id) WHERE settled_at IS NULL;

-- How far into Telegram's list of Star transactions (getStarTransactions) the comparison has come.
CREATE TABLE star_reconciliation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  compared integer NOT NULL DEFAULT 0,
  compared_at timestamptz,
  -- Until when one process has it to itself.
  claimed_until timestamptz
);

-- Room: domain/support. Requests about payments; texts sealed: additional data = 'support_requests' + id, and 'support_answers' + id.
CREATE TABLE support_requests (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  address text NOT NULL,
  sealed_text bytea NOT NULL,
  sealed_answer bytea,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'closed')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  answered_at timestamptz,
  closed_at timestamptz,
  merged_from uuid,
  PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX support_requests_id ON support_requests (id);
CREATE INDEX support_requests_open ON support_requests (created_at) WHERE state <> 'closed';
