-- Room: domain/payments. A renewal that was stopped here and is allowed again: Telegram alone knows whether it goes on.
ALTER TABLE subscriptions DROP CONSTRAINT subscriptions_state_check;
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_state_check
  CHECK (state IN ('active', 'canceled', 'reopened', 'failed'));
