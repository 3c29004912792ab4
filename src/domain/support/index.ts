export { supportPart } from './merge-support.ts'
export { supportPersonalData } from './personal-support-store.ts'
export type { RequestState } from './request-store.ts'
export { createSupport, type OpenedRequest, type Support, type SupportDeps, type SupportRequest } from './support.ts'
