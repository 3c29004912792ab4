-- Room: domain/delivery. What a delivery is for, from when its deadline counts, and what it takes the place of.

ALTER TABLE deliveries
  -- Replies and notices go before an opening line, and all of them before what nobody asked for.
  ADD COLUMN purpose text NOT NULL DEFAULT 'reply' CHECK (purpose IN ('reply', 'notice', 'opening', 'proactive')),
  -- From here its deadline counts; moved when an operator sends it again.
  ADD COLUMN owed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A message that stood in for the growing reply; it goes when this part has come.
  ADD COLUMN replaces text;
UPDATE deliveries SET purpose = CASE WHEN notice IS NOT NULL THEN 'notice' WHEN turn_id IS NULL THEN 'opening' ELSE 'reply' END,
  owed_at = created_at;
ALTER TABLE deliveries ALTER COLUMN purpose DROP DEFAULT;

-- What was asked for and what was not are taken apart, so that neither has to look through the other's backlog.
DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL AND purpose <> 'proactive';
CREATE INDEX deliveries_due_proactive ON deliveries (due_at) WHERE due_at IS NOT NULL AND purpose = 'proactive';
-- What is oldest of the open ones, and what is over its deadline.
CREATE INDEX deliveries_open ON deliveries (owed_at) WHERE due_at IS NOT NULL;
-- What operators look at.
CREATE INDEX deliveries_lost ON deliveries (finished_at DESC, id DESC) WHERE state IN ('failed', 'unknown');

-- Room: domain/replies. What is left of a growing reply whose worker died.
ALTER TABLE turns
  -- A message that stands in for the growing reply where a messenger has no drafts.
  ADD COLUMN preview_id text;
CREATE INDEX turns_open ON turns (created_at) WHERE due_at IS NOT NULL;
