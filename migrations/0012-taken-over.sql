-- Room: domain/replies. Turns whose worker died are found without looking through what has not begun yet.
CREATE INDEX turns_begun ON turns (due_at) WHERE due_at IS NOT NULL AND lease_attempts > 0;
