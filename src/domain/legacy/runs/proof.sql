-- What lies here of a run of the import, for its proof. Run again at start whenever this file changed
-- (processes/migrate-database.ts). It reads, and writes nothing.
-- Tables: users user_keys identities sessions (identity), messages conversations (conversations), ledger_transfers
-- credit_balances operator_grants (credits), receipts turns (replies), reminders initiatives (proactive), orders
-- subscriptions (payments), support_requests (support), facts (memory), legacy_shares legacy_looks (legacy).

DROP FUNCTION IF EXISTS proof_lines;
DROP FUNCTION IF EXISTS proof_standing;
DROP FUNCTION IF EXISTS proof_booked;
DROP FUNCTION IF EXISTS proof_in_place;
DROP FUNCTION IF EXISTS proof_of_credits;
DROP FUNCTION IF EXISTS without_traces;

-- A history in which places were numbered anew is not the run's any more: it was joined with another since.
CREATE FUNCTION proof_in_place(p_merged_into uuid, p_seq_base bigint, p_first_seq bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT p_merged_into IS NULL AND p_seq_base <= p_first_seq $$;

-- Every line that a run brought and that is still in its place, with what opens it; one row without a line for a share
-- of which nothing is left. In no order.
CREATE FUNCTION proof_lines(p_run uuid) RETURNS TABLE (
  owner_id uuid, user_id uuid, hash bytea, expected bigint,
  message_id uuid, seq bigint, role text, sealed_text bytea, created_at timestamptz, key_id uuid, wrapped_key bytea
) LANGUAGE sql STABLE AS $$
  SELECT s.owner_id, s.user_id, s.hash, s.last_seq - s.first_seq + 1,
    m.id, m.seq, m.role, m.sealed_text, m.created_at, k.id, k.wrapped_key
  FROM legacy_shares s
    JOIN users u ON u.id = s.user_id AND proof_in_place(u.merged_into, u.seq_base, s.first_seq)
    LEFT JOIN user_keys k ON k.id = u.key_id
    LEFT JOIN messages m ON m.user_id = s.user_id AND m.seq BETWEEN s.first_seq AND s.last_seq
  WHERE s.run_id = p_run
$$;

-- Users that were made and are still known, whatever became of them; of everybody to whom something was brought those
-- who live and have not exactly one active talk, or nothing to sign in with; lines that are not in their place any more.
CREATE FUNCTION proof_standing(
  p_run uuid, OUT users integer, OUT without_one_talk integer, OUT without_login integer, OUT lines_joined bigint
)
LANGUAGE sql STABLE AS $$
  SELECT count(*) FILTER (WHERE s.is_new AND u.id IS NOT NULL)::integer,
    count(*) FILTER (WHERE u.merged_into IS NULL AND
      (SELECT count(*) FROM conversations c WHERE c.user_id = u.id AND c.status = 'active') <> 1)::integer,
    count(*) FILTER (WHERE u.merged_into IS NULL AND
      NOT EXISTS (SELECT FROM identities i WHERE i.user_id = u.id))::integer,
    coalesce(sum(s.last_seq - s.first_seq + 1)
      FILTER (WHERE NOT proof_in_place(u.merged_into, u.seq_base, s.first_seq)), 0)::bigint
  FROM legacy_shares s LEFT JOIN users u ON u.id = s.user_id WHERE s.run_id = p_run
$$;

-- What the ledger has of a run, by type.
CREATE FUNCTION proof_booked(p_run uuid) RETURNS TABLE (type text, amount bigint) LANGUAGE sql STABLE AS $$
  SELECT t.type, sum(CASE WHEN t.to_account = 'available' THEN t.amount ELSE -t.amount END)::bigint
  FROM ledger_transfers t WHERE t.reason = 'migration' AND t.business_key LIKE 'migration:' || p_run || ':%'
  GROUP BY t.type
$$;

-- Users whom a run made and whose books do not say what it read of them, and those with nothing else in their books whose
-- balance is not the sum of them.
CREATE FUNCTION proof_of_credits(p_run uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH made AS (
    SELECT s.user_id FROM legacy_shares s JOIN users u ON u.id = s.user_id AND u.merged_into IS NULL
    WHERE s.run_id = p_run AND s.is_new AND NOT EXISTS (SELECT FROM users a WHERE a.merged_into = s.user_id)
  ), read AS (
    SELECT k.owner_id AS user_id, sum(k.basic) AS basic, sum(k.pro) AS pro, sum(k.cassandra) AS cassandra
    FROM legacy_looks k WHERE k.run_id = p_run GROUP BY k.owner_id
  ), booked AS (
    SELECT t.user_id, t.type,
      sum(t.amount) FILTER (WHERE t.reason = 'migration' AND t.business_key LIKE 'migration:' || p_run || ':%') AS amount,
      sum(CASE WHEN t.to_account = 'available' THEN t.amount ELSE -t.amount END) AS balance,
      bool_and(t.reason = 'migration') AS alone
    FROM ledger_transfers t WHERE t.user_id IN (SELECT user_id FROM made) GROUP BY t.user_id, t.type
  )
  SELECT DISTINCT m.user_id
  FROM made m LEFT JOIN read r USING (user_id)
    CROSS JOIN LATERAL (VALUES ('basic', r.basic), ('pro', r.pro), ('cassandra', r.cassandra)) AS one(type, amount)
    LEFT JOIN booked b ON b.user_id = m.user_id AND b.type = one.type
    LEFT JOIN credit_balances c ON c.user_id = m.user_id AND c.type = one.type
  WHERE coalesce(one.amount, 0) <> coalesce(b.amount, 0)
    OR (coalesce(b.alone, true) AND coalesce(c.available, 0) <> coalesce(b.balance, 0))
$$;

-- Of these users those who have left no trace here of their own.
CREATE FUNCTION without_traces(p_users uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT u.id FROM users u WHERE u.id = ANY (p_users) AND u.adult_confirmed_at IS NULL
    AND NOT EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id)
    AND NOT EXISTS (SELECT FROM receipts r WHERE r.user_id = u.id)
    AND NOT EXISTS (SELECT FROM turns t WHERE t.user_id = u.id)
    AND NOT EXISTS (SELECT FROM reminders r WHERE r.user_id = u.id)
    AND NOT EXISTS (SELECT FROM initiatives i WHERE i.user_id = u.id)
    AND NOT EXISTS (SELECT FROM orders o WHERE o.user_id = u.id)
    AND NOT EXISTS (SELECT FROM subscriptions s WHERE s.user_id = u.id)
    AND NOT EXISTS (SELECT FROM support_requests s WHERE s.user_id = u.id)
    AND NOT EXISTS (SELECT FROM facts f WHERE f.user_id = u.id)
    AND NOT EXISTS (SELECT FROM operator_grants g WHERE g.user_id = u.id)
$$;
