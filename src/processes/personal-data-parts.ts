import { conversationsPersonalData, type History } from '#domain/conversations'
import { creditsPersonalData } from '#domain/credits'
import { deliveryPersonalData } from '#domain/delivery'
import { identityPersonalData, type PersonalDataPart } from '#domain/identity'
import { leavingPersonalData } from '#domain/leaving'
import { legacyPersonalData } from '#domain/legacy'
import { linkingPersonalData } from '#domain/linking'
import { type Memory, memoryPersonalData } from '#domain/memory'
import { paymentsPersonalData } from '#domain/payments'
import { proactivePersonalData, type Reminders, remindersPersonalData } from '#domain/proactive'
import { readingsPersonalData } from '#domain/readings'
import { repliesPersonalData } from '#domain/replies'
import { spendingPersonalData } from '#domain/spending'
import { type Support, supportPersonalData } from '#domain/support'

export interface PersonalRooms {
  history: Pick<History, 'page'>
  memory: Pick<Memory, 'openFacts' | 'openSummary'>
  reminders: Pick<Reminders, 'open'>
  support: Pick<Support, 'requestsOf'>
}

/**
 * What every room has of somebody, for giving it out and for forgetting it, in the order in which they run: a person who
 * opens the zip finds themselves first, and replies take the lines along before the talks go.
 */
export function personalDataParts({ history, memory, reminders, support }: PersonalRooms): readonly PersonalDataPart[] {
  return [
    identityPersonalData,
    memoryPersonalData(memory),
    remindersPersonalData(reminders),
    supportPersonalData(support),
    deliveryPersonalData,
    repliesPersonalData,
    conversationsPersonalData(history),
    proactivePersonalData,
    creditsPersonalData,
    paymentsPersonalData,
    readingsPersonalData,
    spendingPersonalData,
    legacyPersonalData,
    linkingPersonalData,
    leavingPersonalData,
  ]
}
