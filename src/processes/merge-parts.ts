import { conversationsPart } from '#domain/conversations'
import { creditsPart } from '#domain/credits'
import { deliveryPart } from '#domain/delivery'
import { identityPart, type KeyRing, type MergePart } from '#domain/identity'
import { leavingPart } from '#domain/leaving'
import { legacyPart } from '#domain/legacy'
import { linkingPart } from '#domain/linking'
import { memoryPart } from '#domain/memory'
import { paymentsPart } from '#domain/payments'
import { proactivePart, remindersPart } from '#domain/proactive'
import { readingsPart } from '#domain/readings'
import { repliesPart } from '#domain/replies'
import { spendingPart } from '#domain/spending'
import { supportPart } from '#domain/support'
import type { Vault } from '#platform/vault'

/**
 * The part of every room in joining and parting users, in the order in which they run: the conversations leave their
 * lines to those that follow, and a user is buried when all it had is moved.
 */
export function mergeParts({ vault, keys }: { vault: Vault; keys: KeyRing }): readonly MergePart[] {
  return [
    conversationsPart({ vault, keys }),
    memoryPart({ vault, keys }),
    repliesPart,
    deliveryPart,
    proactivePart,
    remindersPart,
    creditsPart,
    paymentsPart,
    supportPart,
    spendingPart,
    readingsPart,
    leavingPart,
    identityPart,
    linkingPart,
    legacyPart,
  ]
}
