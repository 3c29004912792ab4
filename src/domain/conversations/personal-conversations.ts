import { eraseInTurn, type PersonalDataPart, pagedFile, wholeFile } from '#domain/identity'
import type { History } from './history.ts'
import type { HistoryMessage } from './message.ts'
import { eraseLines, eraseTalks, readTalks } from './personal-conversations-store.ts'

/** Lines of one page of an export: enough that asking costs little, few enough that memory stays small. */
const LINES_PER_PAGE = 500

/** This room's part: every talk and every line of it. */
export function conversationsPersonalData(history: Pick<History, 'page'>): PersonalDataPart {
  return {
    room: 'conversations',
    tables: { conversations: 'erased', messages: 'erased' },
    files: [
      wholeFile('conversations', readTalks),
      pagedFile<HistoryMessage>(
        'messages',
        (db, userId, last) => history.page(db, userId, { after: last?.seq ?? 0, limit: LINES_PER_PAGE }),
        ({ userId: _, turnId: __, ...line }) => line,
      ),
    ],
    erase: (tx, userIds, most) =>
      eraseInTurn(most, [
        async (left) => (await eraseLines(tx, userIds, left)).lines,
        (left) => eraseTalks(tx, userIds, left),
      ]),
  }
}
