-- What must hold in a sound database, as questions that find what does not: each gives the table and key of a row and
-- says what is wrong with it, never a text or a name. The other place, beside accept.sql, where SQL crosses rooms; it only
-- reads. Each question begins with a line `-- check: <name>`; <name> begins with the invariant that it looks at.

-- check: I1 a transfer takes whole credits from one account to another
SELECT 'ledger_transfers' AS row_table, user_id || '/' || id AS row_key, 'is no booking between two accounts' AS says
FROM ledger_transfers
WHERE amount <= 0 OR from_account = to_account OR type NOT IN ('basic', 'pro', 'cassandra')
  OR NOT ARRAY[from_account, to_account] <@ ARRAY['house', 'available', 'held', 'debt']

-- check: I1 nothing is below zero
SELECT 'credit_balances' AS row_table, user_id || '/' || type AS row_key, 'is below zero' AS says
FROM credit_balances WHERE least(available, held, debt) < 0

-- check: I1 nothing ever was below zero
SELECT 'ledger_transfers' AS row_table, user_id || '/' || id AS row_key, 'takes more than was there' AS says
FROM (
  SELECT user_id, id, from_account,
    sum(amount * ((to_account = 'available')::integer - (from_account = 'available')::integer)) OVER so_far AS available,
    sum(amount * ((to_account = 'held')::integer - (from_account = 'held')::integer)) OVER so_far AS held,
    sum(amount * ((from_account = 'debt')::integer - (to_account = 'debt')::integer)) OVER so_far AS debt
  FROM ledger_transfers WINDOW so_far AS (PARTITION BY user_id, type ORDER BY id)
) AS running
WHERE available < 0 AND from_account = 'available' OR held < 0 AND from_account = 'held' OR debt < 0 AND from_account <> 'debt'

-- check: I1 a balance is what its transfers come to
SELECT 'credit_balances' AS row_table, user_id || '/' || type AS row_key,
  format('has available %s, held %s, debt %s; its transfers come to %s, %s, %s', coalesce(b.available, 0), coalesce(b.held, 0),
    coalesce(b.debt, 0), coalesce(t.available, 0), coalesce(t.held, 0), coalesce(t.debt, 0)) AS says
FROM credit_balances b FULL JOIN (
  SELECT user_id, type,
    sum(amount * ((to_account = 'available')::integer - (from_account = 'available')::integer)) AS available,
    sum(amount * ((to_account = 'held')::integer - (from_account = 'held')::integer)) AS held,
    sum(amount * ((from_account = 'debt')::integer - (to_account = 'debt')::integer)) AS debt
  FROM ledger_transfers GROUP BY user_id, type
) AS t USING (user_id, type)
WHERE (coalesce(b.available, 0), coalesce(b.held, 0), coalesce(b.debt, 0))
  IS DISTINCT FROM (coalesce(t.available, 0), coalesce(t.held, 0), coalesce(t.debt, 0))

-- check: I1 a deed is booked once, whoever its user is by then
SELECT 'ledger_transfers' AS row_table, business_key AS row_key, format('is booked %s times', count(*)) AS says
FROM ledger_transfers WHERE reason NOT IN ('merge', 'undo') GROUP BY business_key HAVING count(*) > 1

-- check: I1 what one gives in a merge or an undo, the other gets
SELECT 'ledger_transfers' AS row_table, business_key AS row_key, 'gives and takes unlike amounts' AS says
FROM ledger_transfers WHERE reason IN ('merge', 'undo') GROUP BY business_key
HAVING (count(*) <> 2 OR sum(CASE WHEN to_account = 'house' THEN amount ELSE -amount END) <> 0 OR count(DISTINCT type) <> 1)
  -- Of two who were joined and parted, one may have been forgotten.
  AND NOT EXISTS (SELECT FROM merges m JOIN users u ON u.id IN (m.survivor_id, m.absorbed_id)
    WHERE m.id::text = split_part(business_key, ':', 2) AND u.erased_at IS NOT NULL)

-- check: I1 a welcome is remembered
SELECT 'ledger_transfers' AS row_table, user_id || '/' || id AS row_key, 'is a welcome that no identity is remembered for' AS says
FROM ledger_transfers t WHERE reason = 'welcome'
  AND NOT EXISTS (SELECT FROM welcome_grants w WHERE encode(w.identity_hash, 'hex') = split_part(t.business_key, ':', 2))

-- check: I2 what is held is held for an open turn of that user
SELECT CASE WHEN held.amount IS NULL THEN 'turns' ELSE 'ledger_transfers' END AS row_table,
  CASE WHEN held.amount IS NULL THEN turn_id::text ELSE user_id || '/' || coalesce(turn_id::text, 'no turn') END AS row_key,
  format('holds %s %s where its open turn costs %s', coalesce(held.amount, 0), type, coalesce(asked.amount, 0)) AS says
FROM (
  SELECT user_id, turn_id, type, sum(CASE WHEN to_account = 'held' THEN amount ELSE -amount END) AS amount
  FROM ledger_transfers WHERE 'held' IN (from_account, to_account) GROUP BY user_id, turn_id, type
  HAVING sum(CASE WHEN to_account = 'held' THEN amount ELSE -amount END) <> 0
) AS held FULL JOIN (
  SELECT user_id, id AS turn_id, price_type AS type, price_amount AS amount FROM turns WHERE due_at IS NOT NULL AND price_amount > 0
) AS asked USING (user_id, turn_id, type)
WHERE held.amount IS DISTINCT FROM asked.amount

-- check: I2 a capture or release is of a hold, and as much
SELECT 'ledger_transfers' AS row_table, s.user_id || '/' || s.id AS row_key,
  format('settles %s %s where %s was held', s.amount, s.type, coalesce(h.amount, 0)) AS says
FROM (SELECT user_id, id, type, amount, split_part(business_key, ':', 2) AS turn, split_part(business_key, ':', 3) AS round
      FROM ledger_transfers WHERE reason IN ('capture', 'release')) AS s
LEFT JOIN (SELECT type, amount, split_part(business_key, ':', 2) AS turn, split_part(business_key, ':', 3) AS round
      FROM ledger_transfers WHERE reason = 'hold') AS h USING (turn, round)
WHERE (h.type, h.amount) IS DISTINCT FROM (s.type, s.amount)

-- check: I2 an answered turn is paid once, any other never
SELECT 'turns' AS row_table, turn_id::text AS row_key,
  format('is %s, costs %s, and was paid %s in %s captures', coalesce(t.state, 'gone'), coalesce(t.price_amount, 0),
    coalesce(c.amount, 0), coalesce(c.captures, 0)) AS says
FROM (SELECT id AS turn_id, state, price_amount FROM turns WHERE price_amount > 0) AS t
FULL JOIN (SELECT turn_id, count(*) AS captures, sum(amount) AS amount FROM ledger_transfers WHERE reason = 'capture'
      GROUP BY turn_id) AS c USING (turn_id)
WHERE coalesce(c.captures, 0) <> (t.state IS NOT DISTINCT FROM 'done')::integer
  OR (c.captures = 1 AND c.amount IS DISTINCT FROM t.price_amount)

-- check: I2 a turn that is paid back was paid, and says so
SELECT 'turns' AS row_table, turn_id::text AS row_key,
  format('was paid back %s of %s, and is %s', coalesce(r.amount, 0), coalesce(t.price_amount, 0),
    CASE WHEN t.refunded_at IS NULL THEN 'not marked so' ELSE 'marked so' END) AS says
FROM (SELECT id AS turn_id, refunded_at, price_amount, state FROM turns WHERE price_amount > 0) AS t
FULL JOIN (SELECT turn_id, sum(amount) AS amount FROM ledger_transfers WHERE reason = 'refund' GROUP BY turn_id) AS r
USING (turn_id)
WHERE (r.amount IS NOT NULL) <> (t.refunded_at IS NOT NULL)
  OR (r.amount IS NOT NULL AND (r.amount <> t.price_amount OR t.state <> 'done'))

-- check: I3 what came in is one line
SELECT 'receipts' AS row_table, r.user_id || '/' || r.source || '/' || r.key AS row_key, 'names a line that is not there' AS says
FROM receipts r LEFT JOIN messages m ON m.user_id = r.user_id AND m.id = r.message_id
WHERE r.message_id IS NOT NULL AND m.id IS NULL

-- check: I3 a turn answers a line
SELECT 'turns' AS row_table, t.id::text AS row_key, 'answers a line that is not there' AS says
FROM turns t LEFT JOIN messages m ON m.user_id = t.user_id AND m.id = t.message_id AND m.role = 'user' AND m.turn_id = t.id
WHERE m.id IS NULL

-- check: I4 an answered turn has one reply
SELECT 'turns' AS row_table, t.id::text AS row_key, format('is %s and has %s replies', t.state, count(m.id)) AS says
FROM turns t LEFT JOIN messages m ON m.user_id = t.user_id AND m.turn_id = t.id AND m.role = 'assistant'
GROUP BY t.id HAVING count(m.id) <> (t.state = 'done')::integer

-- check: I5 a reply is owed where it was asked for
SELECT 'messages' AS row_table, m.user_id || '/' || m.seq AS row_key, 'is a reply without a delivery of its channel and interface' AS says
FROM messages m WHERE m.role = 'assistant' AND m.turn_id IS NOT NULL AND NOT EXISTS (
  SELECT FROM deliveries d WHERE d.user_id = m.user_id AND d.message_id = m.id AND d.channel = m.channel AND d.interface = m.interface)

-- check: I6 a history is dense
SELECT 'users' AS row_table, u.id::text AS row_key,
  format('has %s lines, %s to %s, for places %s to %s', coalesce(m.lines, 0), m.first, m.last, u.seq_base, u.last_seq) AS says
FROM users u LEFT JOIN (SELECT user_id, count(*) AS lines, min(seq) AS first, max(seq) AS last FROM messages GROUP BY user_id) AS m
  ON m.user_id = u.id
WHERE u.merged_into IS NULL AND u.erased_at IS NULL AND (coalesce(m.lines, 0) <> u.last_seq - u.seq_base + 1 OR m.first < u.seq_base OR m.last > u.last_seq)

-- check: I7 who lives on in another user has nothing left
SELECT row_table, row_key, 'belongs to a user who lives on in another' AS says
FROM (
  SELECT user_id, 'identities' AS row_table, id::text AS row_key FROM identities
  UNION ALL SELECT user_id, 'user_keys', id::text FROM user_keys
  UNION ALL SELECT user_id, 'conversations', id::text FROM conversations
  UNION ALL SELECT user_id, 'messages', user_id || '/' || seq FROM messages
  UNION ALL SELECT user_id, 'receipts', user_id || '/' || source || '/' || key FROM receipts
  UNION ALL SELECT user_id, 'turns', id::text FROM turns
  UNION ALL SELECT user_id, 'deliveries', id::text FROM deliveries
  UNION ALL SELECT user_id, 'credit_balances', user_id || '/' || type FROM credit_balances
  UNION ALL SELECT user_id, 'orders', id::text FROM orders
  UNION ALL SELECT user_id, 'charges', id FROM charges
  UNION ALL SELECT user_id, 'subscriptions', user_id || '/' || order_id FROM subscriptions
  UNION ALL SELECT user_id, 'support_requests', id::text FROM support_requests
) AS owned
WHERE EXISTS (SELECT FROM users u WHERE u.id = owned.user_id AND u.merged_into IS NOT NULL)

-- check: I8 a login leads to one user
SELECT 'identities' AS row_table, min(id::text) AS row_key, format('leads to %s users', count(DISTINCT user_id)) AS says
FROM identities GROUP BY provider, external_id HAVING count(*) > 1

-- check: I8 a user has one Telegram
SELECT 'users' AS row_table, user_id::text AS row_key, format('has %s logins of one messenger', count(*)) AS says
FROM identities WHERE channel <> 'web' GROUP BY user_id, provider HAVING count(*) > 1

-- check: I9 a user lives on in one other
SELECT 'merges' AS row_table, min(id::text) AS row_key, format('is one of %s merges of one user that all stand', count(*)) AS says
FROM merges WHERE undone_at IS NULL GROUP BY absorbed_id HAVING count(*) > 1

-- check: I10 a charge brought what its order says, and a refund took it back
SELECT 'charges' AS row_table, charge AS row_key,
  CASE WHEN c.id IS NULL THEN 'is booked and is not known'
    ELSE format('brought %s and gave back %s of %s', coalesce(b.brought, 0), coalesce(b.taken, 0), coalesce(c.credits, 0)) END AS says
FROM (
  SELECT c.id AS charge, c.id, p.type, p.credits, c.refunded_at IS NOT NULL AS refunded
  FROM charges c LEFT JOIN orders o ON o.id = c.order_id
  CROSS JOIN LATERAL (VALUES ('basic', o.basic), ('pro', o.pro), ('cassandra', o.cassandra)) AS p(type, credits)
  -- Of who was forgotten the charge alone stays.
  WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = c.user_id AND u.erased_at IS NOT NULL)
) AS c FULL JOIN (
  SELECT type, substring(business_key FROM '^(?:charge|claw_back):(.*?):(?:basic|pro|cassandra)(?::debt)?$') AS charge,
    coalesce(sum(amount) FILTER (WHERE from_account = 'house'), 0) AS brought,
    coalesce(sum(amount) FILTER (WHERE to_account = 'house'), 0) AS taken
  FROM ledger_transfers WHERE reason IN ('purchase', 'subscription', 'claw_back')
    OR reason = 'debt_paid' AND business_key LIKE 'charge:%'
  GROUP BY 1, 2
) AS b USING (charge, type)
WHERE coalesce(b.brought, 0) <> coalesce(c.credits, 0)
  OR coalesce(b.taken, 0) <> CASE WHEN c.refunded THEN coalesce(c.credits, 0) ELSE 0 END

-- check: I10 a charge is as its order was
SELECT 'charges' AS row_table, c.id AS row_key,
  CASE WHEN o.id IS NULL THEN 'is of an order that is not there'
    ELSE format('is %s Stars for %s, %s, %s; its order is %s for %s, %s, %s',
      c.stars, c.basic, c.pro, c.cassandra, o.stars, o.basic, o.pro, o.cassandra) END AS says
FROM charges c LEFT JOIN orders o ON o.id = c.order_id
WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = c.user_id AND u.erased_at IS NOT NULL)
  AND (o.stars, o.basic, o.pro, o.cassandra, o.telegram_id) IS DISTINCT FROM (c.stars, c.basic, c.pro, c.cassandra, c.telegram_id)

-- check: I10 a subscription was paid for
SELECT 'subscriptions' AS row_table, s.user_id || '/' || s.order_id AS row_key, 'was last paid by a charge that is not there' AS says
FROM subscriptions s LEFT JOIN charges c ON c.id = s.last_charge_id AND c.order_id = s.order_id
WHERE c.id IS NULL

-- check: I10 what an operator gave is written down
SELECT 'ledger_transfers' AS row_table, user_id || '/' || id AS row_key, 'is a grant without a written reason' AS says
FROM ledger_transfers t WHERE business_key LIKE 'operator:%'
  AND NOT EXISTS (SELECT FROM operator_grants g WHERE g.id::text = split_part(t.business_key, ':', 2))

-- check: I11 no turn is open for too long
SELECT 'turns' AS row_table, id::text AS row_key, format('is %s since %s', state, queued_at) AS says
FROM turns WHERE due_at IS NOT NULL AND queued_at < now() - interval '65 minutes'

-- check: I11 no delivery is open for too long
SELECT 'deliveries' AS row_table, id::text AS row_key, format('is %s since %s', state, owed_at) AS says
FROM deliveries WHERE due_at IS NOT NULL
  AND owed_at < now() - interval '5 minutes' - CASE WHEN purpose = 'proactive' THEN interval '2 hours' ELSE interval '72 hours' END
