-- What happens to deliveries, each step in one round trip, for one or for several at once. Run again at start whenever this file changed
-- (processes/migrate-database.ts). Tables: deliveries, delivery_attempts.
-- Every function expects READ COMMITTED: a statement sees what was committed before it, not before its transaction.
--
-- A lane is a chat (channel and address), and what nobody asked for is a lane of its own beside it. Only a lane's oldest
-- open delivery is due, the others wait at infinity. Who adds to a chat looks whether something is open there, and who
-- ends something wakes what waits behind it: both hold the chat's lock until they commit, or each could miss the other
-- and the lane would sleep for ever.
-- Locks are taken in the order users, chats, deliveries. Who waits for a chat holds no delivery, so nobody waits in a
-- circle; what changes the user of open deliveries takes their chats first.

DROP FUNCTION IF EXISTS take_back_message;
DROP FUNCTION IF EXISTS give_up_address;
DROP FUNCTION IF EXISTS settle_attempts;
DROP FUNCTION IF EXISTS begin_attempts;
DROP FUNCTION IF EXISTS owe_notice;
DROP FUNCTION IF EXISTS owe_message;
DROP FUNCTION IF EXISTS wake_lane;
DROP FUNCTION IF EXISTS enter_lane;
DROP FUNCTION IF EXISTS lock_chats_of;
DROP FUNCTION IF EXISTS chat_key;

-- The number of a chat's advisory lock. Two chats with one number only wait for each other now and then.
CREATE FUNCTION chat_key(p_channel text, p_address text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT hashtextextended(p_channel || ':' || p_address, 6)
$$;

-- Locks the chats in which something of this user is open, always in the same order. The user's row is locked.
CREATE FUNCTION lock_chats_of(p_user_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  chat bigint;
BEGIN
  FOR chat IN SELECT DISTINCT chat_key(channel, address) AS key FROM deliveries
              WHERE user_id = p_user_id AND due_at IS NOT NULL ORDER BY key LOOP
    PERFORM pg_advisory_xact_lock(chat);
  END LOOP;
END $$;

-- Locks the chat and says when what is added to the lane now is due: at once if nothing is open there, else behind it.
CREATE FUNCTION enter_lane(p_channel text, p_address text, p_purpose text) RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(chat_key(p_channel, p_address));
  RETURN CASE WHEN EXISTS (
    SELECT FROM deliveries WHERE channel = p_channel AND address = p_address
      AND (purpose = 'proactive') = (p_purpose = 'proactive') AND due_at IS NOT NULL
  ) THEN 'infinity'::timestamptz ELSE now() END;
END $$;

-- The lane's oldest open delivery becomes due; false when none was waiting. The chat is locked.
CREATE FUNCTION wake_lane(p_channel text, p_address text, p_purpose text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE deliveries SET due_at = now() WHERE due_at = 'infinity' AND id = (
    SELECT id FROM deliveries WHERE channel = p_channel AND address = p_address
      AND (purpose = 'proactive') = (p_purpose = 'proactive') AND due_at IS NOT NULL
    ORDER BY position LIMIT 1
  );
  RETURN FOUND;
END $$;

-- Owes a message in parts; without an address it is on a page and counts as sent at commit.
CREATE FUNCTION owe_message(
  p_user_id uuid, p_channel text, p_interface text, p_address text, p_message_id uuid, p_turn_id uuid,
  p_purpose text, p_replaces text, p_buttons text, p_ids uuid[], p_starts integer[], p_ends integer[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_due timestamptz;
BEGIN
  IF p_address IS NOT NULL THEN first_due := enter_lane(p_channel, p_address, p_purpose); END IF;
  INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, turn_id, part, part_start, part_end,
                          purpose, replaces, buttons, state, due_at, finished_at)
    SELECT p.id, p_user_id, p_channel, p_interface, p_address, p_message_id, p_turn_id, p.part, p.part_start, p.part_end,
           p_purpose, CASE WHEN p.part = 1 THEN p_replaces END, CASE WHEN p.part = cardinality(p_ids) THEN p_buttons END,
           CASE WHEN p_address IS NULL THEN 'sent' ELSE 'pending' END,
           CASE WHEN p_address IS NOT NULL AND p.part > 1 THEN 'infinity'::timestamptz ELSE first_due END,
           CASE WHEN p_address IS NULL THEN clock_timestamp() END
    FROM unnest(p_ids, p_starts, p_ends) WITH ORDINALITY AS p(id, part_start, part_end, part) ORDER BY p.part;
END $$;

-- Owes a chat a sentence of the product, unless it was told the same within p_quiet_seconds.
CREATE FUNCTION owe_notice(
  p_user_id uuid, p_channel text, p_interface text, p_address text, p_notice jsonb, p_quiet_seconds integer
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  due timestamptz;
BEGIN
  IF p_quiet_seconds > 0 AND EXISTS (
    SELECT 1 FROM deliveries WHERE user_id = p_user_id AND notice IS NOT NULL AND notice->>'key' = p_notice->>'key'
      AND created_at > clock_timestamp() - make_interval(secs => p_quiet_seconds)
  ) THEN RETURN false; END IF;
  due := enter_lane(p_channel, p_address, 'notice');
  INSERT INTO deliveries (id, user_id, channel, interface, address, notice, purpose, state, due_at)
    VALUES (gen_random_uuid(), p_user_id, p_channel, p_interface, p_address, p_notice, 'notice', 'pending', due);
  RETURN true;
END $$;

-- Writes down that deliveries are about to be sent. An attempt bears the fencing token as its number, so two holders
-- never write the same one. Nothing is written when the verdict is not `begun`: `lost` (somebody else has it now, or it
-- is over), `busy` (somebody is writing to its row, try again), `overdue`, `spent` (so many earlier attempts may have
-- arrived that another could show it once too often). Attempts from before it was owed anew count as nothing but a number.
-- Nobody waits for a row here, or one that is held would hold up the others. Looked up by key, however small the table
-- was when this was planned.
CREATE FUNCTION begin_attempts(p_ids uuid[], p_tokens bigint[], p_deadlines_ms bigint[], p_ambiguous_max integer[])
RETURNS TABLE (verdict text, earlier integer, ambiguous integer, age_ms double precision)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(p_ids, p_tokens, p_deadlines_ms, p_ambiguous_max)
      WITH ORDINALITY AS a(id, token, deadline_ms, ambiguous_max, place)
  ), held AS MATERIALIZED (
    SELECT a.*, d.owed_at FROM asked a JOIN deliveries d ON d.id = a.id
    WHERE d.lease_token = a.token AND d.due_at IS NOT NULL FOR NO KEY UPDATE OF d SKIP LOCKED
  ), counted AS MATERIALIZED (
    SELECT h.*, t.earlier, t.ambiguous, extract(epoch FROM clock_timestamp() - h.owed_at)::float8 * 1000 AS age_ms
    FROM held h, LATERAL (
      SELECT count(*)::integer AS earlier, (count(*) FILTER (
        WHERE started_at >= h.owed_at AND (outcome IS NULL OR outcome = 'unknown')))::integer AS ambiguous
      FROM delivery_attempts WHERE delivery_id = h.id
    ) t
  ), judged AS MATERIALIZED (
    SELECT *, CASE WHEN age_ms > deadline_ms THEN 'overdue' WHEN ambiguous >= ambiguous_max THEN 'spent' ELSE 'begun' END
      AS verdict
    FROM counted
  ), marked AS (
    UPDATE deliveries d SET state = 'sending' FROM judged j WHERE d.id = j.id AND j.verdict = 'begun'
  ), written AS (
    INSERT INTO delivery_attempts (delivery_id, attempt) SELECT id, token FROM judged WHERE verdict = 'begun'
  )
  SELECT coalesce(j.verdict, CASE WHEN EXISTS (
           SELECT FROM deliveries d WHERE d.id = a.id AND d.lease_token = a.token AND d.due_at IS NOT NULL
         ) THEN 'busy' ELSE 'lost' END), j.earlier, j.ambiguous, j.age_ms
  FROM asked a LEFT JOIN judged j ON j.place = a.place ORDER BY a.place;
END $$;

-- Settles attempts and deliveries under their fencing tokens and wakes the lane of each that ends. Each is `settled`,
-- `lost`, or `busy` when somebody adds to the chat at this moment or moves it (nothing written, try again).
CREATE FUNCTION settle_attempts(
  p_ids uuid[], p_tokens bigint[], p_channels text[], p_addresses text[], p_purposes text[],
  p_states text[], p_outcomes text[], p_errors text[], p_external_ids text[], p_spent integer[], p_due_in_ms bigint[]
) RETURNS TABLE (verdict text, woke boolean) LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  free uuid[];
  settled uuid[];
  woken uuid[];
BEGIN
  SELECT array_agg(a.id) INTO free FROM unnest(p_ids, p_channels, p_addresses) AS a(id, channel, address)
    WHERE pg_try_advisory_xact_lock(chat_key(a.channel, a.address));
  UPDATE delivery_attempts t SET finished_at = clock_timestamp(), outcome = a.outcome, error = a.error
    FROM unnest(p_ids, p_tokens, p_outcomes, p_errors) AS a(id, token, outcome, error)
    WHERE t.delivery_id = a.id AND t.attempt = a.token AND t.outcome IS NULL AND a.id = ANY (free);
  WITH written AS (
    UPDATE deliveries d SET
      state = a.state,
      attempts = d.attempts + a.spent,
      last_error = a.error,
      external_id = coalesce(a.external_id, d.external_id),
      due_at = clock_timestamp() + a.due_in_ms * interval '1 millisecond',
      finished_at = CASE WHEN a.due_in_ms IS NULL THEN clock_timestamp() END
    FROM unnest(p_ids, p_tokens, p_states, p_errors, p_external_ids, p_spent, p_due_in_ms)
      AS a(id, token, state, error, external_id, spent, due_in_ms)
    WHERE d.id = a.id AND d.lease_token = a.token AND d.due_at IS NOT NULL AND a.id = ANY (free)
    RETURNING d.id
  )
  SELECT array_agg(id) INTO settled FROM written;
  WITH heads AS MATERIALIZED (
    SELECT a.id AS ended_id, h.id FROM unnest(p_ids, p_channels, p_addresses, p_purposes, p_due_in_ms)
      AS a(id, channel, address, purpose, due_in_ms), LATERAL (
        SELECT d.id FROM deliveries d WHERE d.channel = a.channel AND d.address = a.address
          AND (d.purpose = 'proactive') = (a.purpose = 'proactive') AND d.due_at IS NOT NULL
        ORDER BY d.position LIMIT 1
      ) h
    WHERE a.due_in_ms IS NULL AND a.id = ANY (settled)
  ), written AS (
    UPDATE deliveries d SET due_at = now() FROM heads h WHERE d.id = h.id AND d.due_at = 'infinity' RETURNING h.ended_id
  )
  SELECT array_agg(ended_id) INTO woken FROM written;
  RETURN QUERY SELECT
    CASE WHEN a.id = ANY (settled) THEN 'settled' WHEN a.id = ANY (free) THEN 'lost' ELSE 'busy' END,
    coalesce(a.id = ANY (woken), false)
  FROM unnest(p_ids) WITH ORDINALITY AS a(id, place) ORDER BY a.place;
END $$;

-- Nothing more goes to this user's chat; what is being sent at this moment may have arrived. What others still have
-- there goes on. The user's row is locked.
CREATE FUNCTION give_up_address(p_user_id uuid, p_channel text, p_address text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(chat_key(p_channel, p_address));
  UPDATE deliveries SET state = CASE state WHEN 'sending' THEN 'unknown' ELSE 'failed' END,
    last_error = 'login_removed', due_at = NULL, finished_at = clock_timestamp()
  WHERE user_id = p_user_id AND channel = p_channel AND address = p_address AND due_at IS NOT NULL;
  PERFORM wake_lane(p_channel, p_address, 'reply');
  PERFORM wake_lane(p_channel, p_address, 'proactive');
END $$;

-- Takes a message back of which nothing can have come: never tried, or turned away each time, as while Telegram is away.
-- False when something of it may have come, or nothing is open. The user's row is locked. The rows are locked before they
-- are looked at: whoever is about to send finds them over, or was first.
CREATE FUNCTION take_back_message(p_user_id uuid, p_message_id uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  chat record;
BEGIN
  SELECT channel, address INTO chat FROM deliveries
    WHERE user_id = p_user_id AND message_id = p_message_id AND due_at IS NOT NULL LIMIT 1;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(chat_key(chat.channel, chat.address));
  PERFORM FROM deliveries WHERE user_id = p_user_id AND message_id = p_message_id ORDER BY position FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM deliveries d WHERE user_id = p_user_id AND message_id = p_message_id
      AND (state <> 'pending' OR EXISTS (
        SELECT FROM delivery_attempts a WHERE a.delivery_id = d.id AND coalesce(a.outcome, 'unknown') <> 'retry'))
  ) THEN RETURN false; END IF;
  UPDATE deliveries SET state = 'failed', last_error = 'taken_back', due_at = NULL, lease_token = lease_token + 1,
    finished_at = clock_timestamp()
  WHERE user_id = p_user_id AND message_id = p_message_id;
  PERFORM wake_lane(chat.channel, chat.address, 'proactive');
  RETURN true;
END $$;
