/** More than any run spends. */
export const CREDITS = 1_000_000_000
const TURN_MAX = 2 ** 52
const UUID_DIGITS = 32

/** The id of the nth user. */
export function userIdOf(n: number): string {
  return n
    .toString(16)
    .padStart(UUID_DIGITS, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The statements of a hold and a capture as `domain/credits` sends them, as a script of pgbench. */
export function pairScript(users: number): string {
  const uuid = (variable: string) => `lpad(to_hex(:${variable}::bigint), ${UUID_DIGITS}, '0')::uuid`
  return `\\set person random(1, ${users})
\\set turn random(1, ${TURN_MAX})
SELECT hold_credits_of(${uuid('person')}, ${uuid('turn')}, 1, 'basic', 1) AS refusal;
WITH booked AS (
  INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, turn_id)
  VALUES (${uuid('person')}, 'basic', 1, 'held', 'house', 'capture', 'settle:' || ${uuid('turn')} || ':1', ${uuid('turn')})
  ON CONFLICT (user_id, business_key) DO NOTHING
  RETURNING user_id, type, amount, from_account, to_account
)
UPDATE credit_balances b SET
  held = b.held - CASE WHEN m.from_account = 'held' THEN m.amount ELSE 0 END,
  available = b.available + CASE WHEN m.to_account = 'available' THEN m.amount ELSE 0 END
FROM booked m WHERE b.user_id = m.user_id AND b.type = m.type
RETURNING b.available, b.low_told;
`
}
