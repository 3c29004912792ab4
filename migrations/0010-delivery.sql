-- Room: domain/delivery. What a delivery is for, from when its deadline counts, and what it takes the place of.

ALTER TABLE deliveries
  -- Replies and notices go before an opening line, and all of them before what nobody asked for.
  ADD COLUMN purpose text NOT NULL DEFAULT 'reply' CHECK (purpose IN ('reply', 'notice', 'opening', 'proactive')),
  -- From here its deadline counts; moved when an operator sends it again.
  ADD COLUMN owed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A message that stood in for the growing reply; it goes when this part has come.
  ADD COLUMN replaces text,
  -- What operators look at. A column of its own, as an index on the state itself would be written to with every attempt.
  ADD COLUMN lost text GENERATED ALWAYS AS (CASE WHEN state IN ('failed', 'unknown') THEN state END) STORED;
UPDATE deliveries SET purpose = CASE WHEN notice IS NOT NULL THEN 'notice' WHEN turn_id IS NULL THEN 'opening' ELSE 'reply' END,
  owed_at = created_at;
ALTER TABLE deliveries ALTER COLUMN purpose DROP DEFAULT;

-- What was asked for and what was not are taken apart, so that neither has to look through the other's backlog.
DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL AND purpose <> 'proactive';
CREATE INDEX deliveries_due_proactive ON deliveries (due_at) WHERE due_at IS NOT NULL AND purpose = 'proactive';
-- A chat is a lane, and what nobody asked for is a lane of its own beside it.
DROP INDEX deliveries_lane;
CREATE INDEX deliveries_lane ON deliveries (channel, address, (purpose = 'proactive'), position) WHERE due_at IS NOT NULL;
-- What is oldest of the open ones, and what is over its deadline.
CREATE INDEX deliveries_open ON deliveries (owed_at) WHERE due_at IS NOT NULL AND purpose <> 'proactive';
CREATE INDEX deliveries_open_proactive ON deliveries (owed_at) WHERE due_at IS NOT NULL AND purpose = 'proactive';
CREATE INDEX deliveries_lost ON deliveries (lost, finished_at DESC, id DESC) WHERE lost IS NOT NULL;

-- Room: domain/replies. What is left of a growing reply whose worker died, since when a turn waits, what was paid back.
ALTER TABLE turns
  -- A message that stands in for the growing reply where a messenger has no drafts.
  ADD COLUMN preview_id text,
  -- Moved when a turn that was over or kept is queued again.
  ADD COLUMN queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A turn is paid back once, whoever its user is by then.
  ADD COLUMN refunded_at timestamptz;
UPDATE turns SET queued_at = created_at;
CREATE INDEX turns_open ON turns (queued_at) WHERE due_at IS NOT NULL;
