/** Generated from the live schema by generate-types.ts. Do not edit. */

import type { ColumnType } from "kysely";

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AuditEvents {
  client_hash: Buffer | null;
  details: Generated<Json>;
  happened_at: Generated<Timestamp>;
  id: Generated<number>;
  kind: string;
  user_id: string | null;
}

export interface AuditSeals {
  event_id: number;
  hash: Buffer;
  place: number;
  sealed_at: Generated<Timestamp>;
}

export interface Campaigns {
  audience: Json;
  created_at: Generated<Timestamp>;
  due_at: Timestamp | null;
  ended_at: Timestamp | null;
  failed: Generated<number>;
  id: string;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  operator_id: string;
  reached_user: string | null;
  sent: Generated<number>;
  skipped: Generated<number>;
  started_at: Timestamp | null;
  state: Generated<string>;
  texts: Json;
  total: number;
}

export interface Charges {
  basic: Generated<number>;
  cassandra: Generated<number>;
  id: string;
  listed_at: Timestamp | null;
  merged_from: string | null;
  order_id: string;
  paid_at: Generated<Timestamp>;
  pro: Generated<number>;
  refund_asked_at: Timestamp | null;
  refund_listed_at: Timestamp | null;
  refund_reason: string | null;
  refunded_at: Timestamp | null;
  renewal: Generated<boolean>;
  source: string;
  stars: number;
  telegram_id: string;
  user_id: string;
}

export interface Consents {
  document: string;
  given_at: Generated<Timestamp>;
  interface: string;
  user_id: string;
  version: string;
}

export interface Conversations {
  archived_at: Timestamp | null;
  gap_from: number | null;
  gap_to: number | null;
  id: string;
  joined_into: string | null;
  merged_from: string | null;
  persona_id: string;
  persona_version: number;
  started_at: Generated<Timestamp>;
  status: string;
  story_id: string | null;
  user_id: string;
}

export interface CreditBalances {
  available: Generated<number>;
  debt: Generated<number>;
  held: Generated<number>;
  low_told: Generated<boolean>;
  type: string;
  user_id: string;
}

export interface Deliveries {
  address: string | null;
  attempts: Generated<number>;
  buttons: string | null;
  channel: string;
  created_at: Generated<Timestamp>;
  due_at: Timestamp | null;
  external_id: string | null;
  finished_at: Timestamp | null;
  id: string;
  interface: string;
  last_error: string | null;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  lost: Generated<string | null>;
  message_id: string | null;
  notice: Json | null;
  owed_at: Generated<Timestamp>;
  part: Generated<number>;
  part_end: number | null;
  part_start: Generated<number>;
  position: Generated<number>;
  purpose: string;
  replaces: string | null;
  state: string;
  turn_id: string | null;
  user_id: string;
}

export interface DeliveryAttempts {
  attempt: number;
  delivery_id: string;
  error: string | null;
  finished_at: Timestamp | null;
  outcome: string | null;
  started_at: Generated<Timestamp>;
}

export interface EarlyRefunds {
  charge_id: string;
  seen_at: Generated<Timestamp>;
}

export interface EmailCodes {
  address_hash: Buffer;
  code_hash: Buffer;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  tries: Generated<number>;
}

export interface Engagements {
  due_at: Timestamp | null;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  moment: Generated<number>;
  phase: Generated<string>;
  said: Generated<number>;
  silent_since: Timestamp;
  user_id: string;
}

export interface Erasures {
  asked_at: Generated<Timestamp>;
  due_at: Timestamp | null;
  erased_at: Timestamp | null;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  scrubbed_at: Timestamp | null;
  user_id: string;
}

export interface Exports {
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  session_id: string;
  token_hash: Buffer;
  used_at: Timestamp | null;
  user_id: string;
}

export interface Facts {
  conversation_id: string;
  created_at: Generated<Timestamp>;
  edited_at: Timestamp | null;
  forgotten_at: Timestamp | null;
  forgotten_mark: Buffer | null;
  id: string;
  message_id: string;
  sealed_text: Buffer | null;
  turn_id: string | null;
  user_id: string;
}

export interface Identities {
  channel: string;
  created_at: Generated<Timestamp>;
  display_name: Generated<string>;
  external_id: string;
  id: Generated<string>;
  provider: string;
  reachability: Generated<string>;
  user_id: string;
  username: string | null;
}

export interface Initiatives {
  at: Generated<Timestamp>;
  awaited: Generated<boolean>;
  cause: string;
  kind: string;
  merged_from: string | null;
  message_id: string | null;
  skipped: string | null;
  user_id: string;
}

export interface Installation {
  created_at: Generated<Timestamp>;
  master_key_fingerprint: Buffer;
  next_fingerprint: Buffer | null;
  only_row: Generated<boolean>;
  wrapped_root: Buffer | null;
}

export interface LedgerEntries {
  account: string | null;
  amount: number | null;
  created_at: Timestamp | null;
  id: number | null;
  reason: string | null;
  turn_id: string | null;
  type: string | null;
  user_id: string | null;
}

export interface LedgerTransfers {
  amount: number;
  business_key: string;
  created_at: Generated<Timestamp>;
  from_account: string;
  id: Generated<number>;
  reason: string;
  to_account: string;
  turn_id: string | null;
  type: string;
  user_id: string;
}

export interface LegacyLooks {
  basic: number;
  cassandra: number;
  legacy_id: string;
  owner_id: string;
  pro: number;
  run_id: string;
}

export interface LegacyProfiles {
  legacy_id: string;
  run_id: string;
  user_id: string;
}

export interface LegacyRows {
  key: string;
  outcome: string;
  reason: string;
  run_id: string;
  source_table: string;
}

export interface LegacyRuns {
  after_line: number | null;
  counts: Generated<Json>;
  expected: Json;
  finished_at: Timestamp | null;
  id: string;
  last_line: number | null;
  open_before: ArrayType<number> | null;
  open_lines: Generated<ArrayType<number>>;
  reached_all: Generated<boolean>;
  reached_user: string | null;
  request_hash: Buffer;
  source: string;
  started_at: Generated<Timestamp>;
  state: Generated<string>;
}

export interface LegacyShares {
  active_before: string | null;
  end_seq: number;
  first_seq: number | null;
  hash: Buffer | null;
  is_new: boolean;
  last_seq: number | null;
  logins: string[] | null;
  owner_id: string;
  place: Generated<number>;
  run_id: string;
  spoke_before: number | null;
  talks: string[] | null;
  user_id: string;
}

export interface LinkTokens {
  code_expires_at: Timestamp | null;
  code_hash: Buffer | null;
  code_tries: Generated<number>;
  confirmer_user_id: string | null;
  created_at: Generated<Timestamp>;
  ended_at: Timestamp | null;
  expires_at: Timestamp;
  id: string;
  origin: string;
  session_id: string | null;
  state: string;
  telegram_user_id: string;
  token_hash: Buffer;
  web_user_id: string | null;
}

export interface Memories {
  conversation_id: string;
  due_at: Timestamp | null;
  expires_at: Timestamp | null;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  merged_from: string | null;
  replies_waiting: Generated<number>;
  sealed_summary: Buffer | null;
  seen_message_id: string | null;
  user_id: string;
  version: Generated<number>;
  written_at: Timestamp | null;
}

export interface Merges {
  absorbed_id: string;
  closed_at: Timestamp | null;
  id: string;
  journal: Generated<Json>;
  merged_at: Generated<Timestamp>;
  survivor_id: string;
  undone_at: Timestamp | null;
  way: string;
}

export interface Messages {
  channel: string;
  content_type: string;
  conversation_id: string | null;
  created_at: Generated<Timestamp>;
  id: string;
  interface: string;
  merged_from: string | null;
  role: string;
  sealed_text: Buffer;
  sent_at: Timestamp | null;
  seq: number;
  turn_id: string | null;
  user_id: string;
}

export interface ModelDays {
  day: string;
  micros_held: Generated<number>;
  micros_spent: Generated<number>;
  tokens_held: Generated<number>;
  tokens_spent: Generated<number>;
}

export interface OperatorGrants {
  created_at: Generated<Timestamp>;
  id: string;
  operator_id: string;
  reason: string;
  user_id: string;
}

export interface Orders {
  basic: Generated<number>;
  cassandra: Generated<number>;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  invoice_url: string | null;
  kind: string;
  merged_from: string | null;
  offer_id: string;
  payload: string;
  pro: Generated<number>;
  stars: number;
  state: Generated<string>;
  telegram_id: string;
  user_id: string;
}

export interface PaymentDifferences {
  charge_id: string;
  detail: Generated<Json>;
  id: string;
  kind: string;
  seen_at: Generated<Timestamp>;
  settled_at: Timestamp | null;
}

export interface Personas {
  current_version: number;
  id: string;
  price_amount: number;
  price_type: string;
  withdrawn_at: Timestamp | null;
}

export interface PersonaVersions {
  content: Json;
  content_hash: Buffer;
  persona_id: string;
  published_at: Generated<Timestamp>;
  version: number;
}

export interface ProofUses {
  expires_at: Timestamp;
  first_used_at: Generated<Timestamp>;
  proof_hash: Buffer;
  uses: number;
}

export interface Readings {
  expires_at: Timestamp;
  id: string;
  merged_from: string | null;
  opened_at: Generated<Timestamp>;
  operator_id: string;
  reason: string;
  turn_id: string | null;
  user_id: string;
}

export interface Recaps {
  conversation_id: string;
  message_id: string;
  shown_at: Generated<Timestamp>;
  user_id: string;
}

export interface Receipts {
  body_hmac: Buffer | null;
  key: string;
  message_id: string | null;
  outcome: string;
  received_at: Generated<Timestamp>;
  source: string;
  turn_id: string | null;
  user_id: string;
}

export interface Reminders {
  created_at: Generated<Timestamp>;
  due_at: Timestamp | null;
  id: string;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  merged_from: string | null;
  remind_at: Timestamp;
  sealed_text: Buffer;
  state: Generated<string>;
  user_id: string;
}

export interface ReplyReports {
  reason: Generated<string>;
  reported_at: Generated<Timestamp>;
  turn_id: string;
  user_id: string;
}

export interface SessionProofs {
  identity_id: string;
  proven_at: Generated<Timestamp>;
  session_id: string;
}

export interface Sessions {
  created_at: Generated<Timestamp>;
  device: Generated<string>;
  expires_at: Timestamp;
  id: string;
  interface: string;
  last_seen_at: Generated<Timestamp>;
  must_rotate: Generated<boolean>;
  previous_token_hash: Buffer | null;
  previous_valid_until: Timestamp | null;
  proven_at: Generated<Timestamp>;
  revoked_at: Timestamp | null;
  token_hash: Buffer;
  user_id: string;
}

export interface StarReconciliation {
  claimed_until: Timestamp | null;
  compared: Generated<number>;
  compared_at: Timestamp | null;
  one: Generated<boolean>;
}

export interface Subscriptions {
  expires_at: Timestamp;
  last_charge_id: string;
  merged_from: string | null;
  order_id: string;
  state: string;
  updated_at: Generated<Timestamp>;
  user_id: string;
}

export interface SupportRequests {
  address: string;
  answered_at: Timestamp | null;
  closed_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  id: string;
  merged_from: string | null;
  sealed_answer: Buffer | null;
  sealed_text: Buffer;
  state: Generated<string>;
  user_id: string;
}

export interface Turns {
  address: string | null;
  cancel_requested_at: Timestamp | null;
  channel: string;
  code: string | null;
  conversation_id: string | null;
  created_at: Generated<Timestamp>;
  due_at: Timestamp | null;
  finished_at: Timestamp | null;
  id: string;
  interface: string;
  lease_attempts: Generated<number>;
  lease_token: Generated<number>;
  message_id: string;
  message_seq: number;
  preview_id: string | null;
  price_amount: Generated<number>;
  price_type: string | null;
  queued_at: Generated<Timestamp>;
  refunded_at: Timestamp | null;
  reply_message_id: string | null;
  round: Generated<number>;
  state: string;
  user_id: string;
}

export interface UserDays {
  day: string;
  replies: Generated<number>;
  tokens: Generated<number>;
  user_id: string;
}

export interface UserKeys {
  created_at: Generated<Timestamp>;
  id: string;
  user_id: string;
  wrapped_key: Buffer;
}

export interface Users {
  adult_confirmed_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  daily_cap: number | null;
  display_name: Generated<string>;
  erased_at: Timestamp | null;
  id: string;
  key_id: string;
  last_persona_id: string | null;
  last_seq: Generated<number>;
  locale: string;
  merged_into: string | null;
  minor_locked_at: Timestamp | null;
  minor_unlock_reason: string | null;
  payments_held_at: Timestamp | null;
  proactive_enabled: boolean | null;
  quiet_hours: string | null;
  seq_base: Generated<number>;
  spoke_at: Timestamp | null;
  texts_told: string | null;
  timezone: string | null;
}

export interface WelcomeGrants {
  granted_at: Generated<Timestamp>;
  identity_hash: Buffer;
}

export interface DB {
  audit_events: AuditEvents;
  audit_seals: AuditSeals;
  campaigns: Campaigns;
  charges: Charges;
  consents: Consents;
  conversations: Conversations;
  credit_balances: CreditBalances;
  deliveries: Deliveries;
  delivery_attempts: DeliveryAttempts;
  early_refunds: EarlyRefunds;
  email_codes: EmailCodes;
  engagements: Engagements;
  erasures: Erasures;
  exports: Exports;
  facts: Facts;
  identities: Identities;
  initiatives: Initiatives;
  installation: Installation;
  ledger_entries: LedgerEntries;
  ledger_transfers: LedgerTransfers;
  legacy_looks: LegacyLooks;
  legacy_profiles: LegacyProfiles;
  legacy_rows: LegacyRows;
  legacy_runs: LegacyRuns;
  legacy_shares: LegacyShares;
  link_tokens: LinkTokens;
  memories: Memories;
  merges: Merges;
  messages: Messages;
  model_days: ModelDays;
  operator_grants: OperatorGrants;
  orders: Orders;
  payment_differences: PaymentDifferences;
  persona_versions: PersonaVersions;
  personas: Personas;
  proof_uses: ProofUses;
  readings: Readings;
  recaps: Recaps;
  receipts: Receipts;
  reminders: Reminders;
  reply_reports: ReplyReports;
  session_proofs: SessionProofs;
  sessions: Sessions;
  star_reconciliation: StarReconciliation;
  subscriptions: Subscriptions;
  support_requests: SupportRequests;
  turns: Turns;
  user_days: UserDays;
  user_keys: UserKeys;
  users: Users;
  welcome_grants: WelcomeGrants;
}
