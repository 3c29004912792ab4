-- Moves a running installation's `messages` from one table into parts by user (or into more of them), and back: docs/scaling.md, "Parts".
-- Run this file once, then step by step, each as a statement of its own:
--   SELECT splitting.prepare(16);           empty parts, and a trigger that keeps them up from now on
--   CALL splitting.copy();                  what was there before; may be cut off and called again
--   SELECT * FROM splitting.differences();  no row: both are the same
--   SELECT splitting.swap();                a moment; called again it swaps back
--   SELECT splitting.finish();              drops the table that is not in use, and this
-- `SELECT splitting.give_up()` before the swap takes everything back. A step that says "lock timeout" has done nothing,
-- so that nobody waits behind it: call it again.

CREATE SCHEMA splitting;

CREATE TABLE splitting.progress (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Everybody up to this user is copied.
  reached uuid
);

-- Writes to the other table what was written to this one, in the same transaction.
CREATE FUNCTION splitting.mirror() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('DELETE FROM %I WHERE user_id = $1 AND seq = $2', TG_ARGV[0]) USING OLD.user_id, OLD.seq;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format('INSERT INTO %I SELECT ($1).*', TG_ARGV[0]) USING NEW;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION splitting.prepare(parts integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE TABLE messages_parted (LIKE messages INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)
    PARTITION BY HASH (user_id);
  FOR part IN 0 .. parts - 1 LOOP
    EXECUTE format('CREATE TABLE messages_%s_%s PARTITION OF messages_parted FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
      parts, part, parts, part);
  END LOOP;
  ALTER TABLE messages_parted ADD CONSTRAINT messages_parted_pkey PRIMARY KEY (user_id, seq);
  CREATE UNIQUE INDEX messages_parted_id ON messages_parted (user_id, id);
  INSERT INTO splitting.progress DEFAULT VALUES;
  SET LOCAL lock_timeout = '500ms';
  CREATE TRIGGER splitting AFTER INSERT OR UPDATE OR DELETE ON messages
    FOR EACH ROW EXECUTE FUNCTION splitting.mirror('messages_parted');
END $$;

-- A few people at a time, under their row locks, which every writer of messages holds: whoever of them writes in that
-- moment waits for as long as it takes to copy so many lines, or all of the one person who has more.
CREATE PROCEDURE splitting.copy(lines_at_once integer DEFAULT 5000, pause_seconds double precision DEFAULT 0)
LANGUAGE plpgsql AS $$
DECLARE
  them uuid[];
  last uuid;
BEGIN
  SELECT coalesce(reached, '00000000-0000-0000-0000-000000000000') INTO last FROM splitting.progress;
  LOOP
    SELECT array_agg(id ORDER BY id) INTO them FROM (
      SELECT id, sum(greatest(last_seq - seq_base + 1, 0)) OVER (ORDER BY id) - greatest(last_seq - seq_base + 1, 0) AS before
      FROM (
        SELECT id, last_seq, seq_base FROM users WHERE id > last ORDER BY id LIMIT 1000
      ) AS next
    ) AS counted WHERE before < lines_at_once;
    EXIT WHEN them IS NULL;
    PERFORM FROM users WHERE id = ANY (them) ORDER BY id FOR UPDATE;
    INSERT INTO messages_parted SELECT * FROM messages WHERE user_id = ANY (them) ON CONFLICT DO NOTHING;
    last := them[cardinality(them)];
    UPDATE splitting.progress SET reached = last;
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
  ANALYZE messages_parted;
END $$;

-- Lines that are in one of the two alone, or not the same: seen in one moment, without a lock.
CREATE FUNCTION splitting.differences() RETURNS TABLE (user_id uuid, seq bigint) LANGUAGE plpgsql AS $$
DECLARE
  other text := CASE WHEN to_regclass('messages_parted') IS NULL THEN 'messages_plain' ELSE 'messages_parted' END;
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT coalesce(one.user_id, other.user_id), coalesce(one.seq, other.seq)
     FROM messages AS one FULL JOIN %I AS other ON other.user_id = one.user_id AND other.seq = one.seq
     WHERE (one) IS DISTINCT FROM (other)', other);
END $$;

-- Whoever reads or writes waits until this is over; what they prepared before finds the other table.
CREATE FUNCTION splitting.swap() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  forth boolean := to_regclass('messages_parted') IS NOT NULL;
  other text := CASE WHEN forth THEN 'messages_parted' ELSE 'messages_plain' END;
  aside text := CASE WHEN forth THEN 'messages_plain' ELSE 'messages_parted' END;
BEGIN
  SET LOCAL lock_timeout = '500ms';
  LOCK TABLE messages IN ACCESS EXCLUSIVE MODE;
  DROP TRIGGER splitting ON messages;
  EXECUTE format('ALTER TABLE messages RENAME TO %I', aside);
  EXECUTE format('ALTER INDEX messages_pkey RENAME TO %I', aside || '_pkey');
  EXECUTE format('ALTER INDEX messages_id RENAME TO %I', aside || '_id');
  EXECUTE format('ALTER TABLE %I RENAME TO messages', other);
  EXECUTE format('ALTER INDEX %I RENAME TO messages_pkey', other || '_pkey');
  EXECUTE format('ALTER INDEX %I RENAME TO messages_id', other || '_id');
  EXECUTE format('CREATE TRIGGER splitting AFTER INSERT OR UPDATE OR DELETE ON messages
    FOR EACH ROW EXECUTE FUNCTION splitting.mirror(%L)', aside);
END $$;

CREATE FUNCTION splitting.finish() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('messages_plain') IS NULL THEN
    RAISE EXCEPTION 'messages is not in parts: swap first, or give up';
  END IF;
  SET LOCAL lock_timeout = '500ms';
  DROP TRIGGER splitting ON messages;
  DROP TABLE messages_plain;
  DROP SCHEMA splitting CASCADE;
END $$;

CREATE FUNCTION splitting.give_up() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('messages_parted') IS NULL THEN
    RAISE EXCEPTION 'messages is in parts: swap back first, or finish';
  END IF;
  SET LOCAL lock_timeout = '500ms';
  DROP TRIGGER splitting ON messages;
  DROP TABLE messages_parted;
  DROP SCHEMA splitting CASCADE;
END $$;
