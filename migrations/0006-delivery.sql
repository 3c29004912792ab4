-- Room: domain/delivery. What is owed to a channel. A delivery carries a part of a message, or a
-- notice: a sentence of the product itself (key and arguments, never private text).

CREATE TABLE deliveries (
  id uuid PRIMARY KEY,
  -- Order of creation: the order in which a chat gets them.
  position bigint GENERATED ALWAYS AS IDENTITY,
  user_id uuid NOT NULL,
  channel text NOT NULL,
  interface text NOT NULL,
  address text,
  message_id uuid,
  turn_id uuid,
  -- The piece of the message's text, in UTF-16 units: [part_start, part_end).
  part integer NOT NULL DEFAULT 1,
  part_start integer NOT NULL DEFAULT 0,
  part_end integer,
  notice jsonb,
  state text NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'unknown')),
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  external_id text,
  due_at timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  lease_attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  CHECK ((message_id IS NULL) <> (notice IS NULL)),
  CHECK ((due_at IS NOT NULL) = (state IN ('pending', 'sending')))
) WITH (fillfactor = 80);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
-- A chat is a lane: only its oldest open delivery is due.
CREATE INDEX deliveries_lane ON deliveries (channel, address, position) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_message ON deliveries (user_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX deliveries_recent_notice ON deliveries (user_id, created_at) WHERE notice IS NOT NULL;

-- Written before each send and settled after it: an unsettled attempt is an ambiguous one.
CREATE TABLE delivery_attempts (
  delivery_id uuid NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  attempt integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  outcome text,
  error text,
  PRIMARY KEY (delivery_id, attempt)
);
