import { text } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Method } from './method.ts'

/** Bot API getFile; the bytes are at `<api root>/file/bot<token>/<file_path>`. */
export const getFile: Method = (world, params) => {
  const file = world.files.get(text(params, 'file_id') ?? '')
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    ...(file.bytes ? { file_size: file.bytes.length } : {}),
    file_path: file.path,
  }
}
