/** Something cannot be sealed or opened: damaged, moved to another row, or made with another key. Carries no content. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}
