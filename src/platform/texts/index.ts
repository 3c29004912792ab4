export { compareLocales } from './compare-locales.ts'
export { loadTexts, MissingTextError, type TextArgs, type Texts, type TextsOptions } from './load-texts.ts'
export { TextFileError } from './text-file-error.ts'
