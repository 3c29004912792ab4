-- The one place where SQL crosses rooms: what must happen in one transaction and one round trip when
-- a message arrives. Run again at start whenever this file changed (processes/migrate-database.ts).
-- Tables: identities users user_keys (identity), conversations messages (conversations), personas,
-- ledger_transfers credit_balances welcome_grants (credits), receipts turns (replies); what is owed to a chat goes
-- through a function of delivery/deliveries.sql.
-- Every function expects READ COMMITTED and takes the user's row lock first.
-- A message never waits for that lock: others share its connection and its commit.

DROP FUNCTION IF EXISTS accept_messages;
DROP FUNCTION IF EXISTS accept_message;
DROP FUNCTION IF EXISTS queue_turn;
DROP FUNCTION IF EXISTS receipt_of;
DROP FUNCTION IF EXISTS hold_credits_of;
DROP FUNCTION IF EXISTS hold_credits;
DROP FUNCTION IF EXISTS spent_today;
DROP FUNCTION IF EXISTS establish_user;
DROP FUNCTION IF EXISTS create_user;
DROP FUNCTION IF EXISTS grant_welcome;

-- Books the welcome credits of an identity, once ever.
CREATE FUNCTION grant_welcome(
  p_user_id uuid, p_identity_hash bytea, p_basic integer, p_pro integer, p_cassandra integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO credit_balances (user_id, type)
    VALUES (p_user_id, 'basic'), (p_user_id, 'cassandra'), (p_user_id, 'pro') ON CONFLICT DO NOTHING;
  INSERT INTO welcome_grants (identity_hash) VALUES (p_identity_hash) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    SELECT p_user_id, g.type, g.amount, 'house', 'available', 'welcome',
           'welcome:' || encode(p_identity_hash, 'hex') || ':' || g.type
    FROM (VALUES ('basic', p_basic), ('pro', p_pro), ('cassandra', p_cassandra)) AS g(type, amount)
    WHERE g.amount > 0;
  UPDATE credit_balances b SET available = b.available + g.amount
    FROM (VALUES ('basic', p_basic), ('pro', p_pro), ('cassandra', p_cassandra)) AS g(type, amount)
    WHERE b.user_id = p_user_id AND b.type = g.type AND g.amount > 0;
END $$;

-- Makes the user of an identity that nobody has. False, and nothing changed, when somebody made one first: the
-- identity is inserted before its user (the foreign key is checked at commit), and one of racing contacts wins.
CREATE FUNCTION create_user(
  p_provider text, p_external_id text, p_channel text, p_reachability text,
  p_new_user_id uuid, p_key_id uuid, p_wrapped_key bytea,
  p_locale text, p_display_name text, p_username text,
  p_identity_hash bytea, p_basic integer, p_pro integer, p_cassandra integer
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO identities (user_id, provider, external_id, channel, display_name, username, reachability)
    VALUES (p_new_user_id, p_provider, p_external_id, p_channel, p_display_name, p_username,
            coalesce(p_reachability, 'never_started'))
    ON CONFLICT (provider, external_id) DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO users (id, display_name, locale, key_id) VALUES (p_new_user_id, p_display_name, p_locale, p_key_id);
  INSERT INTO user_keys (id, user_id, wrapped_key) VALUES (p_key_id, p_new_user_id, p_wrapped_key);
  PERFORM grant_welcome(p_new_user_id, p_identity_hash, p_basic, p_pro, p_cassandra);
  RETURN true;
END $$;

-- Finds the user of an identity or makes both.
CREATE FUNCTION establish_user(
  p_provider text, p_external_id text, p_channel text, p_reachability text,
  p_new_user_id uuid, p_key_id uuid, p_wrapped_key bytea,
  p_locale text, p_display_name text, p_username text,
  p_identity_hash bytea, p_basic integer, p_pro integer, p_cassandra integer,
  OUT user_id uuid, OUT key_id uuid, OUT wrapped_key bytea, OUT created boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  known identities%ROWTYPE;
BEGIN
  created := false;
  SELECT * INTO known FROM identities WHERE provider = p_provider AND external_id = p_external_id;
  IF NOT FOUND THEN
    created := create_user(p_provider, p_external_id, p_channel, p_reachability, p_new_user_id, p_key_id, p_wrapped_key,
                           p_locale, p_display_name, p_username, p_identity_hash, p_basic, p_pro, p_cassandra);
    IF created THEN
      user_id := p_new_user_id; key_id := p_key_id; wrapped_key := p_wrapped_key;
      RETURN;
    END IF;
    SELECT * INTO known FROM identities WHERE provider = p_provider AND external_id = p_external_id;
  END IF;
  IF (known.display_name, known.username, known.reachability)
     IS DISTINCT FROM (p_display_name, p_username, coalesce(p_reachability, known.reachability)) THEN
    -- The user's row first, here as everywhere, or two deeds would wait for each other.
    PERFORM 1 FROM users WHERE id = known.user_id FOR NO KEY UPDATE;
    UPDATE identities SET display_name = p_display_name, username = p_username,
                          reachability = coalesce(p_reachability, reachability)
      WHERE id = known.id;
  END IF;
  SELECT u.id, u.key_id, k.wrapped_key INTO user_id, key_id, wrapped_key
    FROM users u JOIN user_keys k ON k.id = u.key_id WHERE u.id = known.user_id;
END $$;

-- What was set aside since midnight and not given back, all types together, turn by turn: what goes back of an earlier
-- day's turn makes no room in this one. An unknown time zone, as a missing one, is UTC.
CREATE FUNCTION spent_today(p_user_id uuid, p_timezone text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  midnight timestamptz;
BEGIN
  BEGIN
    midnight := date_trunc('day', clock_timestamp(), coalesce(p_timezone, 'UTC'));
  EXCEPTION WHEN invalid_parameter_value THEN
    midnight := date_trunc('day', clock_timestamp(), 'UTC');
  END;
  -- Found by walking back from the newest: the whole ledger of a long life is not read.
  RETURN (SELECT coalesce(sum(greatest(spent, 0)), 0) FROM (
    SELECT sum(CASE reason WHEN 'hold' THEN amount ELSE -amount END) AS spent FROM ledger_transfers
      WHERE user_id = p_user_id AND reason IN ('hold', 'release', 'refund') AND id > coalesce((
        SELECT id FROM ledger_transfers WHERE user_id = p_user_id AND created_at < midnight ORDER BY id DESC LIMIT 1), 0)
      GROUP BY turn_id) AS turns_of_today);
END $$;

-- Sets credits aside for a turn. Null when it did; else why not, and nothing changed: daily_cap (the person's own) or
-- insufficient_credits (too few, or a debt of that type).
CREATE FUNCTION hold_credits(
  p_user_id uuid, p_turn_id uuid, p_round integer, p_type text, p_amount integer, p_daily_cap integer, p_timezone text
) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF p_amount = 0 THEN RETURN NULL; END IF;
  IF p_daily_cap IS NOT NULL AND spent_today(p_user_id, p_timezone) + p_amount > p_daily_cap THEN RETURN 'daily_cap'; END IF;
  UPDATE credit_balances SET available = available - p_amount, held = held + p_amount
    WHERE user_id = p_user_id AND type = p_type AND available >= p_amount AND debt = 0;
  IF NOT FOUND THEN RETURN 'insufficient_credits'; END IF;
  INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, turn_id)
    VALUES (p_user_id, p_type, p_amount, 'available', 'held', 'hold', 'hold:' || p_turn_id || ':' || p_round, p_turn_id);
  RETURN NULL;
END $$;

-- The same for whoever has not read the user's row.
CREATE FUNCTION hold_credits_of(p_user_id uuid, p_turn_id uuid, p_round integer, p_type text, p_amount integer)
RETURNS text LANGUAGE sql AS $$
  SELECT hold_credits(id, p_turn_id, p_round, p_type, p_amount, daily_cap, timezone) FROM users WHERE id = p_user_id
$$;

-- What one of the user's turns cost and where its price is; no row when nothing was ever set aside for it. Read from the
-- turn: after a merge its transfers may stand in the books of a user that is gone.
CREATE FUNCTION receipt_of(p_user_id uuid, p_turn_id uuid)
RETURNS TABLE (type text, amount integer, state text, at timestamptz) LANGUAGE sql STABLE AS $$
  SELECT price_type, price_amount,
         CASE WHEN due_at IS NOT NULL THEN 'held' WHEN refunded_at IS NOT NULL THEN 'refunded'
              WHEN state = 'done' THEN 'paid' ELSE 'released' END,
         CASE WHEN due_at IS NOT NULL THEN queued_at ELSE coalesce(refunded_at, finished_at) END
  FROM turns WHERE user_id = p_user_id AND id = p_turn_id AND price_amount > 0
    AND state <> 'unpaid' AND code IS DISTINCT FROM 'superseded'
$$;

-- When a turn may be taken: at once if its lane (user + interface) is empty, else behind the others.
CREATE FUNCTION queue_turn(p_user_id uuid, p_interface text) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT CASE WHEN EXISTS (
    SELECT 1 FROM turns WHERE user_id = p_user_id AND interface = p_interface AND due_at IS NOT NULL
  ) THEN 'infinity'::timestamptz ELSE now() END
$$;

-- Accepts one inbound message. p_aside: what the product itself will answer (self_harm, violence, minor_age, minor_sexual;
-- null: the companion answers); that is free, and who is in danger gets help lines also before any choice.
-- Outcomes: accepted; duplicate, mismatch (the receipt is known);
-- busy (somebody else holds the user's row, an instant or as long as a merge takes: nothing written, try again);
-- key_required (sealed with a key that is not the user's: nothing written, the right key returned);
-- user_gone (there is none, or the identity has just changed hands), no_conversation, adult_required,
-- insufficient_credits, daily_cap, lane_full (a page: nothing written);
-- unpaid (a messenger, for one of these reasons, named by code: the message is kept); unreadable (kept
-- as a line, free); refused (a messenger whose lane is full: told, not kept).
CREATE FUNCTION accept_message(
  p_source text, p_key text, p_body_hmac bytea,
  p_user_id uuid, p_provider text, p_external_id text,
  p_new_user_id uuid, p_key_id uuid, p_wrapped_key bytea,
  p_message_id uuid, p_turn_id uuid, p_sealed_text bytea,
  p_channel text, p_interface text, p_content_type text, p_address text, p_sent_at timestamptz,
  p_locale text, p_display_name text, p_username text,
  p_identity_hash bytea, p_basic integer, p_pro integer, p_cassandra integer, p_aside text,
  p_lane_max integer, p_notice_quiet_seconds integer,
  OUT outcome text, OUT code text, OUT user_id uuid, OUT key_id uuid, OUT wrapped_key bytea,
  OUT message_id uuid, OUT turn_id uuid, OUT seq bigint, OUT conversation_id uuid, OUT created_at timestamptz,
  OUT price_type text, OUT available integer, OUT wake_turn boolean, OUT wake_delivery boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  keeps boolean := p_interface = 'bot';
  person users%ROWTYPE;
  known identities%ROWTYPE;
  receipt receipts%ROWTYPE;
  talk record;
  due timestamptz;
BEGIN
  wake_turn := false; wake_delivery := false;
  user_id := p_user_id;
  IF p_user_id IS NULL THEN
    SELECT i.user_id INTO user_id FROM identities i WHERE i.provider = p_provider AND i.external_id = p_external_id;
    IF user_id IS NULL AND p_new_user_id IS NOT NULL THEN
      PERFORM create_user(p_provider, p_external_id, p_channel, 'reachable', p_new_user_id, p_key_id, p_wrapped_key,
                          p_locale, p_display_name, p_username, p_identity_hash, p_basic, p_pro, p_cassandra);
      SELECT i.user_id INTO user_id FROM identities i WHERE i.provider = p_provider AND i.external_id = p_external_id;
    END IF;
  END IF;
  SELECT * INTO person FROM users WHERE id = user_id FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    outcome := CASE WHEN EXISTS (SELECT 1 FROM users WHERE id = user_id) THEN 'busy' ELSE 'user_gone' END;
    RETURN;
  END IF;
  IF person.merged_into IS NOT NULL OR person.erased_at IS NOT NULL THEN outcome := 'user_gone'; RETURN; END IF;
  IF p_user_id IS NULL THEN
    -- Only under its user's lock does an identity stay whose it is; until just now it might have changed hands.
    SELECT * INTO known FROM identities i WHERE i.provider = p_provider AND i.external_id = p_external_id;
    IF known.user_id IS DISTINCT FROM person.id THEN outcome := 'user_gone'; RETURN; END IF;
    IF (known.display_name, known.username, known.reachability) IS DISTINCT FROM (p_display_name, p_username, 'reachable') THEN
      UPDATE identities SET display_name = p_display_name, username = p_username, reachability = 'reachable'
        WHERE id = known.id;
    END IF;
  END IF;
  key_id := person.key_id;
  IF key_id <> p_key_id THEN
    SELECT k.wrapped_key INTO wrapped_key FROM user_keys k WHERE k.id = person.key_id;
    outcome := 'key_required'; RETURN;
  END IF;

  SELECT * INTO receipt FROM receipts r WHERE r.user_id = person.id AND r.source = p_source AND r.key = p_key;
  IF FOUND THEN
    message_id := receipt.message_id; turn_id := receipt.turn_id;
    outcome := CASE WHEN receipt.body_hmac IS DISTINCT FROM p_body_hmac THEN 'mismatch' ELSE 'duplicate' END;
    RETURN;
  END IF;

  SELECT c.id, p.price_type, p.price_amount INTO talk
    FROM conversations c JOIN personas p ON p.id = c.persona_id
    WHERE c.user_id = person.id AND c.status = 'active';
  IF p_aside IS NOT NULL THEN talk.price_amount := 0; END IF;
  conversation_id := talk.id; price_type := talk.price_type;

  IF p_content_type <> 'text' THEN code := 'unreadable';
  ELSIF person.adult_confirmed_at IS NULL THEN code := 'adult_required';
  ELSIF talk.id IS NULL THEN code := 'no_conversation';
  ELSIF (SELECT count(*) FROM turns t WHERE t.user_id = person.id AND t.interface = p_interface AND t.due_at IS NOT NULL
           AND t.state = 'queued') >= p_lane_max THEN code := 'lane_full';
  ELSE code := hold_credits(person.id, p_turn_id, 1, talk.price_type, talk.price_amount, person.daily_cap, person.timezone);
  END IF;

  IF code IS NOT NULL AND NOT keeps THEN outcome := code; RETURN; END IF;
  IF code IS NOT NULL THEN
    wake_delivery := owe_notice(person.id, p_channel, p_interface, p_address, 
      CASE WHEN p_aside IN ('self_harm', 'violence') AND code IN ('adult_required', 'no_conversation')
        THEN jsonb_build_object('key', 'crisis', 'args', jsonb_build_object('topic', p_aside))
        ELSE jsonb_build_object('key', code) END,
      CASE WHEN code IN ('insufficient_credits', 'daily_cap', 'lane_full') THEN p_notice_quiet_seconds ELSE 0 END);
  END IF;
  IF code = 'lane_full' THEN
    INSERT INTO receipts (user_id, source, key, body_hmac, outcome) VALUES (person.id, p_source, p_key, p_body_hmac, 'refused');
    outcome := 'refused'; RETURN;
  END IF;

  outcome := CASE WHEN code IS NULL THEN 'accepted' WHEN code = 'unreadable' THEN code ELSE 'unpaid' END;
  message_id := p_message_id;
  turn_id := CASE WHEN outcome <> 'unreadable' THEN p_turn_id END;
  UPDATE users SET last_seq = last_seq + 1, spoke_at = clock_timestamp() WHERE id = person.id RETURNING last_seq INTO seq;
  INSERT INTO messages (user_id, seq, id, conversation_id, turn_id, role, channel, interface, content_type, sealed_text, sent_at)
    VALUES (person.id, seq, p_message_id, talk.id, turn_id, 'user', p_channel, p_interface, p_content_type, p_sealed_text, p_sent_at)
    RETURNING messages.created_at INTO created_at;
  INSERT INTO receipts (user_id, source, key, body_hmac, outcome, message_id, turn_id)
    VALUES (person.id, p_source, p_key, p_body_hmac, outcome, p_message_id, turn_id);
  IF turn_id IS NULL THEN RETURN; END IF;

  due := CASE WHEN code IS NULL THEN queue_turn(person.id, p_interface) END;
  INSERT INTO turns (id, user_id, conversation_id, message_id, message_seq, channel, interface, address,
                     state, code, price_type, price_amount, due_at)
    VALUES (p_turn_id, person.id, talk.id, p_message_id, seq, p_channel, p_interface, p_address,
            CASE WHEN code IS NULL THEN 'queued' ELSE 'unpaid' END, code, talk.price_type, coalesce(talk.price_amount, 0), due);
  wake_turn := coalesce(due < 'infinity', false);
  SELECT b.available INTO available FROM credit_balances b WHERE b.user_id = person.id AND b.type = talk.price_type;
END $$;

-- Accepts a group in the order given. An error undoes it all; whose user is busy is left out. Nobody waits for a
-- user's row; only a newcomer waits, for another transaction that makes the same user. Its caller gives newcomers in one
-- order, so that two groups never wait for each other in a circle, and sees to it that one sender's messages are not in
-- one group: the second could be luckier than the first.
CREATE FUNCTION accept_messages(
  p_source text[], p_key text[], p_body_hmac bytea[],
  p_user_id uuid[], p_provider text[], p_external_id text[],
  p_new_user_id uuid[], p_key_id uuid[], p_wrapped_key bytea[],
  p_message_id uuid[], p_turn_id uuid[], p_sealed_text bytea[],
  p_channel text[], p_interface text[], p_content_type text[], p_address text[], p_sent_at timestamptz[],
  p_locale text[], p_display_name text[], p_username text[],
  p_identity_hash bytea[], p_basic integer[], p_pro integer[], p_cassandra integer[], p_aside text[],
  p_lane_max integer, p_notice_quiet_seconds integer
) RETURNS TABLE (
  outcome text, code text, user_id uuid, key_id uuid, wrapped_key bytea, message_id uuid, turn_id uuid, seq bigint,
  conversation_id uuid, created_at timestamptz, price_type text, available integer, wake_turn boolean, wake_delivery boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  i integer;
BEGIN
  FOR i IN 1 .. cardinality(p_key) LOOP
    RETURN QUERY SELECT * FROM accept_message(
      p_source[i], p_key[i], p_body_hmac[i], p_user_id[i], p_provider[i], p_external_id[i],
      p_new_user_id[i], p_key_id[i], p_wrapped_key[i], p_message_id[i], p_turn_id[i], p_sealed_text[i],
      p_channel[i], p_interface[i], p_content_type[i], p_address[i], p_sent_at[i],
      p_locale[i], p_display_name[i], p_username[i], p_identity_hash[i], p_basic[i], p_pro[i], p_cassandra[i],
      p_aside[i], p_lane_max, p_notice_quiet_seconds);
  END LOOP;
END $$;
