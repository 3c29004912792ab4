-- Room: domain/personas. Companions as published from the persona files.

CREATE TABLE personas (
  id text PRIMARY KEY,
  current_version integer NOT NULL,
  withdrawn_at timestamptz,
  price_type text NOT NULL CHECK (price_type IN ('basic', 'pro', 'cassandra')),
  price_amount integer NOT NULL CHECK (price_amount >= 0)
);

CREATE TABLE persona_versions (
  persona_id text NOT NULL REFERENCES personas (id) DEFERRABLE INITIALLY DEFERRED,
  version integer NOT NULL,
  content jsonb NOT NULL,
  content_hash bytea NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (persona_id, version)
);
