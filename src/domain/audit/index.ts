export { type AuditEvent, type AuditKind, recordAudit } from './audit-store.ts'
export { type ChainFinding, sealAudit, verifyChain } from './chain.ts'
export { readAudit } from './read-audit-store.ts'
