export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts'
export type {
  Call,
  ChatMessage,
  Draft,
  Entity,
  Fault,
  FaultKind,
  InitDataOptions,
  InlineButton,
  Person,
  TelegramWorld,
  Update,
  WireMessage,
} from './telegram/index.ts'
