-- Room: domain/replies. What came in, and the turn that answers it.

-- One row per inbound event: an update of a messenger, or an Idempotency-Key of a page.
CREATE TABLE receipts (
  user_id uuid NOT NULL,
  source text NOT NULL,
  key text NOT NULL,
  body_hmac bytea,
  outcome text NOT NULL,
  message_id uuid,
  turn_id uuid,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, source, key)
);
CREATE INDEX receipts_received ON receipts USING brin (received_at);

-- due_at, lease_token, lease_attempts: see platform/leases. The first open turn of a lane
-- (user + interface) is due, the ones behind it wait at infinity, a finished one has none.
CREATE TABLE turns (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  conversation_id uuid,
  message_id uuid NOT NULL,
  message_seq bigint NOT NULL,
  channel text NOT NULL,
  interface text NOT NULL,
  -- Where the reply goes on that channel (Telegram: chat id); null for pages.
  address text,
  state text NOT NULL CHECK (state IN ('unpaid', 'queued', 'running', 'done', 'failed', 'cancelled')),
  code text,
  price_type text,
  price_amount integer NOT NULL DEFAULT 0,
  -- A failed turn that is tried again holds its price anew: each round is its own pair in the ledger.
  round integer NOT NULL DEFAULT 1,
  reply_message_id uuid,
  cancel_requested_at timestamptz,
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  CHECK ((due_at IS NOT NULL) = (state IN ('queued', 'running')))
) WITH (fillfactor = 80);
CREATE INDEX turns_due ON turns (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX turns_lane ON turns (user_id, interface, message_seq) WHERE due_at IS NOT NULL;
CREATE INDEX turns_unpaid ON turns (user_id, message_seq) WHERE state = 'unpaid';

-- A person's word that a reply was bad or unsafe: the operator sees that exchange only.
CREATE TABLE reply_reports (
  user_id uuid NOT NULL,
  turn_id uuid NOT NULL,
  reason text NOT NULL DEFAULT '',
  reported_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, turn_id)
);
