-- What decides whether somebody may be written to, in one round trip. Run again at start whenever this file changed
-- (processes/migrate-database.ts). It reads, and writes only what is this room's.
-- Tables: users identities (identity), conversations (conversations), erasures (leaving), engagements initiatives
-- (proactive).
-- Hours are the person's own; the instants are PostgreSQL's, so nights that are an hour shorter or longer are what the
-- time zone database says they are.

DROP FUNCTION IF EXISTS campaign_page;
DROP FUNCTION IF EXISTS plan_engagements;
DROP FUNCTION IF EXISTS engagement_cause;
DROP FUNCTION IF EXISTS engagement_after;
DROP FUNCTION IF EXISTS engagement_moment;
DROP FUNCTION IF EXISTS manners_of;
DROP FUNCTION IF EXISTS day_began;
DROP FUNCTION IF EXISTS quiet_until;
DROP FUNCTION IF EXISTS known_zone;

-- The zone if PostgreSQL can compute with it: Node may know names that it does not.
CREATE FUNCTION known_zone(p_zone text, p_otherwise text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_zone IS NULL THEN RETURN p_otherwise; END IF;
  PERFORM now() AT TIME ZONE p_zone;
  RETURN p_zone;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN p_otherwise;
END $$;

-- The end of the quiet hours (HH:MM-HH:MM, over midnight if need be, or none) that p_now lies in; null outside of them.
CREATE FUNCTION quiet_until(p_hours text, p_zone text, p_now timestamptz) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
  here timestamp;
  quiet_from time;
  quiet_to time;
  ends date;
BEGIN
  IF p_hours = 'none' THEN RETURN NULL; END IF;
  here := p_now AT TIME ZONE p_zone;
  quiet_from := split_part(p_hours, '-', 1)::time;
  quiet_to := split_part(p_hours, '-', 2)::time;
  IF quiet_from < quiet_to THEN
    IF here::time < quiet_from OR here::time >= quiet_to THEN RETURN NULL; END IF;
    ends := here::date;
  ELSE
    IF here::time < quiet_from AND here::time >= quiet_to THEN RETURN NULL; END IF;
    ends := here::date + CASE WHEN here::time >= quiet_from THEN 1 ELSE 0 END;
  END IF;
  RETURN (ends + quiet_to) AT TIME ZONE p_zone;
END $$;

-- When the day that is p_days after the person's present one began or will begin.
CREATE FUNCTION day_began(p_zone text, p_now timestamptz, p_days integer) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT ((p_now AT TIME ZONE p_zone)::date + p_days)::timestamp AT TIME ZONE p_zone
$$;

-- What decides whether somebody may be written to, every rule at once: `reason` is null when they may, `wait_until` when
-- it says until when they may not. No row when there is no such living user. Silence is a rule of its own for what comes
-- of it, so `engagement` is not asked whether the person is talking.
-- OFFSET 0 keeps what stands before it from being worked out once for each time that it is named; the zone, which costs
-- most, is asked for only where it decides.
CREATE FUNCTION manners_of(
  p_user_id uuid, p_kind text, p_quiet_hours text, p_daily_cap integer, p_zone_unknown text, p_talking_minutes integer
) RETURNS TABLE (address text, conversation_id uuid, reason text, wait_until timestamptz, spoke_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT w.external_id, w.conversation_id, j.reason,
    CASE j.reason
      WHEN 'quiet_hours' THEN quiet_until(w.hours, known_zone(w.timezone, p_zone_unknown), statement_timestamp())
      WHEN 'daily_cap' THEN day_began(known_zone(w.timezone, p_zone_unknown), statement_timestamp(), 1)
      WHEN 'talking' THEN w.spoke_at + make_interval(mins => p_talking_minutes)
      WHEN 'leaving' THEN w.leaving_at
    END,
    w.spoke_at
  FROM (
    SELECT i.external_id, i.reachability, coalesce(u.proactive_enabled, false) AS enabled, u.adult_confirmed_at,
      u.minor_locked_at,
      c.id AS conversation_id, coalesce(u.quiet_hours, p_quiet_hours) AS hours, u.timezone,
      u.spoke_at, e.due_at AS leaving_at
    FROM users u
      LEFT JOIN identities i ON i.user_id = u.id AND i.provider = 'telegram'
      LEFT JOIN conversations c ON c.user_id = u.id AND c.status = 'active'
      LEFT JOIN erasures e ON e.user_id = u.id AND e.due_at IS NOT NULL
    WHERE u.id = p_user_id AND u.merged_into IS NULL AND u.erased_at IS NULL
    OFFSET 0
  ) w
  CROSS JOIN LATERAL (SELECT CASE
    WHEN w.external_id IS NULL THEN 'no_messenger'
    WHEN w.reachability <> 'reachable' THEN 'unreachable'
    WHEN w.minor_locked_at IS NOT NULL THEN 'not_adult'
    WHEN p_kind = 'reminder' THEN NULL
    WHEN w.leaving_at IS NOT NULL THEN 'leaving'
    WHEN NOT w.enabled THEN 'off'
    WHEN w.adult_confirmed_at IS NULL THEN 'not_adult'
    WHEN w.conversation_id IS NULL THEN 'no_conversation'
    WHEN w.hours <> 'none' AND quiet_until(w.hours, known_zone(w.timezone, p_zone_unknown), statement_timestamp())
      IS NOT NULL THEN 'quiet_hours'
    WHEN p_daily_cap <= (
      SELECT count(*) FROM initiatives s WHERE s.user_id = p_user_id AND s.skipped IS NULL AND s.kind <> 'reminder'
        AND s.at >= day_began(known_zone(w.timezone, p_zone_unknown), statement_timestamp(), 0)) THEN 'daily_cap'
    WHEN p_kind <> 'engagement' AND w.spoke_at + make_interval(mins => p_talking_minutes) > statement_timestamp()
      THEN 'talking'
  END AS reason OFFSET 0) j
$$;

-- When the next moment to write comes to somebody who is silent; null when there is none left. Each is much later than
-- the one before.
CREATE FUNCTION engagement_moment(p_silent_since timestamptz, p_moment integer, p_after interval)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT p_silent_since + p_after * CASE p_moment WHEN 0 THEN 1 WHEN 1 THEN 3 WHEN 2 THEN 10 END
$$;

-- When to look again after the moment before `p_moment` has gone by, however late it did: never sooner than after the
-- usual time. Without a moment left it is looked whether the person has written.
CREATE FUNCTION engagement_after(p_silent_since timestamptz, p_moment integer, p_after interval)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT greatest(engagement_moment(p_silent_since, p_moment, p_after), now() + p_after)
$$;

-- What a moment is known by in `initiatives`.
CREATE FUNCTION engagement_cause(p_silent_since timestamptz, p_moment integer) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT (extract(epoch FROM p_silent_since) * 1000000)::bigint || ':' || p_moment
$$;

-- Looks at those who are due since p_from, at most p_limit, and says how many came to what: `ready` (a text is to be
-- written now), `moved` (they have written meanwhile), `early`, `resting` (nothing more until they write), a reason to
-- wait or to skip the moment, `gone`; and up to when they were due. Whoever looks at the same time takes others. A plan
-- made for a small table would read all of a large one.
CREATE FUNCTION plan_engagements(
  p_from timestamptz, p_limit integer, p_after interval, p_said_max integer, p_quiet_hours text, p_daily_cap integer,
  p_zone_unknown text
) RETURNS TABLE (outcome text, people integer, due_until timestamptz)
LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
  -- What a crash of the server forgets of this is planned again: nobody waits for the disk.
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN QUERY
  WITH due AS MATERIALIZED (
    SELECT ctid AS place, user_id, due_at, silent_since, moment, said FROM engagements
    WHERE due_at >= p_from AND due_at <= now() AND phase = 'waiting' ORDER BY due_at LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), met AS MATERIALIZED (
    SELECT d.*, u.spoke_at, coalesce(u.spoke_at > d.silent_since, false) AS answered,
      -- Most have written meanwhile, and that is all there is to know of them.
      coalesce(u.spoke_at > d.silent_since AND engagement_moment(u.spoke_at, 0, p_after) > now(), false) AS moves
    FROM due d LEFT JOIN users u ON u.id = d.user_id AND u.merged_into IS NULL
  ), seen AS MATERIALIZED (
    SELECT place, user_id, due_at, true AS living, NULL AS reason, NULL::timestamptz AS wait_until, answered,
      spoke_at AS silent_since, 0 AS moment, 0 AS said
    FROM met WHERE moves
    UNION ALL
    SELECT d.place, d.user_id, d.due_at, m.user_id IS NOT NULL, m.reason, m.wait_until, d.answered,
      CASE WHEN d.answered THEN d.spoke_at ELSE d.silent_since END,
      CASE WHEN d.answered THEN 0 ELSE d.moment END, CASE WHEN d.answered THEN 0 ELSE d.said END
    FROM met d LEFT JOIN LATERAL (
      SELECT d.user_id, n.reason, n.wait_until
      FROM manners_of(d.user_id, 'engagement', p_quiet_hours, p_daily_cap, p_zone_unknown, 0) n
    ) m ON true
    WHERE NOT d.moves
  ), judged AS MATERIALIZED (
    SELECT *, CASE
      WHEN NOT living THEN 'gone'
      WHEN reason = 'off' THEN 'off'
      WHEN moment > 2 THEN 'resting'
      WHEN engagement_moment(silent_since, moment, p_after) > now() THEN CASE WHEN answered THEN 'moved' ELSE 'early' END
      WHEN said >= p_said_max THEN 'ignored'
      ELSE coalesce(reason, 'ready')
    END AS outcome
    FROM seen
  ), settled AS MATERIALIZED (
    SELECT *, outcome IN ('ignored', 'no_messenger', 'unreachable', 'not_adult', 'no_conversation') AS passes FROM judged
  ), written AS (
    UPDATE engagements e SET
      silent_since = s.silent_since, said = s.said, lease_attempts = 0,
      moment = s.moment + CASE WHEN s.passes THEN 1 ELSE 0 END,
      phase = CASE WHEN s.outcome = 'ready' THEN 'writing' ELSE 'waiting' END,
      due_at = CASE
        WHEN s.outcome IN ('gone', 'off') THEN NULL
        WHEN s.outcome = 'ready' THEN now()
        WHEN s.outcome = 'resting' THEN now() + p_after
        WHEN s.outcome IN ('moved', 'early') THEN engagement_moment(s.silent_since, s.moment, p_after)
        WHEN s.passes THEN engagement_after(s.silent_since, s.moment + 1, p_after)
        ELSE coalesce(s.wait_until, now() + p_after)
      END
    -- Locked above, so it is still there.
    FROM settled s WHERE e.ctid = s.place
  ), noted AS (
    -- Who has no messenger was never to be written to: of that there is nothing to note.
    INSERT INTO initiatives (user_id, kind, cause, skipped)
    SELECT user_id, 'engagement', engagement_cause(silent_since, moment), outcome FROM settled
    WHERE (passes AND outcome <> 'no_messenger')
    ON CONFLICT DO NOTHING
  )
  SELECT outcome, count(*)::integer, max(max(due_at)) OVER () FROM settled GROUP BY outcome;
END $$;

-- A page of those who want to hear from the companion, in the order of their ids, and whether a campaign is for each:
-- reachable in a messenger, with this language and this companion, and silent for so long. Whoever never wrote is
-- silent since they came. So many are looked at, whether it is for them or not, so that no page takes long.
CREATE FUNCTION campaign_page(
  p_after uuid, p_limit integer, p_locale text, p_persona_id text, p_inactive_hours double precision
) RETURNS TABLE (user_id uuid, fits boolean) LANGUAGE sql STABLE AS $$
  SELECT u.id,
    EXISTS (SELECT FROM identities i WHERE i.user_id = u.id AND i.provider = 'telegram' AND i.reachability = 'reachable')
    AND (p_locale IS NULL OR u.locale = p_locale)
    AND (p_persona_id IS NULL OR EXISTS (
      SELECT FROM conversations c WHERE c.user_id = u.id AND c.status = 'active' AND c.persona_id = p_persona_id))
    AND (p_inactive_hours IS NULL OR clock_timestamp() - p_inactive_hours * interval '1 hour' >= 
      coalesce(u.spoke_at, u.created_at))
  FROM users u
  WHERE u.proactive_enabled AND u.adult_confirmed_at IS NOT NULL AND u.merged_into IS NULL
    AND u.id > coalesce(p_after, '00000000-0000-0000-0000-000000000000')
  ORDER BY u.id LIMIT p_limit
$$;
