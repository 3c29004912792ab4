-- Room: domain/legacy. What was brought over from the old system, and what became of each row that could not be taken as it was.

-- One run of the import. It goes through users in the order of their ids; all up to `reached_user` is in.
CREATE TABLE legacy_runs (
  id uuid PRIMARY KEY,
  -- Host, port and database: which house this came from. Never a password.
  source text NOT NULL,
  -- What was asked for; a run that died is taken up by one that asks for the same.
  request_hash bytea NOT NULL,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'rolled_back')),
  reached_user uuid,
  -- Only lines above this id were read, and those that the run before had found open: it picks up what has come since.
  after_line bigint,
  open_before bigint[],
  -- The highest id among the lines when it began: what comes later is for the next run.
  last_line bigint,
  -- Ids shortly below it under which nothing stood: a line that was being written just then has one of them.
  open_lines bigint[] NOT NULL DEFAULT '{}',
  -- Nobody is left, not even those rows that name nobody.
  reached_all boolean NOT NULL DEFAULT false,
  -- What there was to read when it began.
  expected jsonb NOT NULL,
  counts jsonb NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz
);
CREATE UNIQUE INDEX legacy_runs_running ON legacy_runs ((true)) WHERE state = 'running';

-- Whose profile became which user.
CREATE TABLE legacy_profiles (
  legacy_id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  run_id uuid NOT NULL REFERENCES legacy_runs (id)
);
CREATE INDEX legacy_profiles_user ON legacy_profiles (user_id);
CREATE INDEX legacy_profiles_run ON legacy_profiles (run_id);

-- What a run has read of a profile: its lines, as far as the run goes, and the credits that the old house had for it, less
-- those that earlier runs had counted.
CREATE TABLE legacy_looks (
  run_id uuid NOT NULL REFERENCES legacy_runs (id),
  legacy_id uuid NOT NULL,
  -- With whose share it came.
  owner_id uuid NOT NULL,
  basic integer NOT NULL,
  pro integer NOT NULL,
  cassandra integer NOT NULL,
  PRIMARY KEY (legacy_id, run_id)
);
CREATE INDEX legacy_looks_owner ON legacy_looks (owner_id, run_id);

-- What a run brought to a user.
CREATE TABLE legacy_shares (
  run_id uuid NOT NULL REFERENCES legacy_runs (id),
  -- The profile that speaks for all that are the same person.
  owner_id uuid NOT NULL,
  -- In the order in which they came: the last is taken back first.
  place bigint GENERATED ALWAYS AS IDENTITY,
  user_id uuid NOT NULL,
  -- The run made the user; otherwise it added to somebody who was here.
  is_new boolean NOT NULL,
  -- Where its lines stand in the history, and a keyed hash over them as they were read. Null: it brought none.
  first_seq bigint,
  last_seq bigint,
  hash bytea,
  -- Where the whole history ended then: whoever has written since is known by it.
  end_seq bigint NOT NULL,
  -- To somebody who was here: the talks and logins that came along, and what was before: the talk that was active, and
  -- when they had last written (microseconds since 1970).
  talks uuid[],
  logins text[],
  active_before uuid,
  spoke_before bigint,
  PRIMARY KEY (run_id, owner_id)
);
CREATE INDEX legacy_shares_user ON legacy_shares (user_id);

-- Every row of the source that was not taken as it is, and why.
CREATE TABLE legacy_rows (
  run_id uuid NOT NULL REFERENCES legacy_runs (id),
  source_table text NOT NULL CHECK (source_table IN ('profiles', 'chat_messages', 'user_credits')),
  key text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('rejected', 'repaired', 'merged')),
  reason text NOT NULL
);
CREATE INDEX legacy_rows_run ON legacy_rows (run_id, source_table, key);
