import type { Absent, Row } from '../row.ts'
import { edgeRows } from './edge.ts'
import { linkingRows } from './linking.ts'
import { modelRows } from './model.ts'
import { moneyRows } from './money.ts'
import { secretRows } from './secrets.ts'
import { signInRows } from './sign-in.ts'
import { talkRows } from './talk.ts'
import { trustRows } from './trust.ts'
import { updateRows } from './updates.ts'

/** Everything of the list that can be tried here. */
export const ROWS: readonly Row[] = [
  ...updateRows,
  ...signInRows,
  ...linkingRows,
  ...talkRows,
  ...modelRows,
  ...moneyRows,
  ...edgeRows,
  ...secretRows,
  ...trustRows,
]

/** What has nothing to try in this product: none of the list at present. */
export const ABSENT: readonly Absent[] = []
