export { type Help, type HelpLine, type HelpRequest, type HelpTopic, helpFor } from './help-lines.ts'
export { claimsHuman, type Risk, readRisks } from './read-risks.ts'
