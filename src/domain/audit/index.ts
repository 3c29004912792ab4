export { type AuditEvent, type AuditKind, recordAudit } from './audit-store.ts'
