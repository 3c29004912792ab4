-- Room: platform/vault. What this installation is bound to.

-- The fingerprint of the master key that this database was made with.
CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  master_key_fingerprint bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
