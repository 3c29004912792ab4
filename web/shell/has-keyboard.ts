/** Whether a real keyboard is at hand: there Enter sends, and a field may take the focus without covering the page. */
export function hasKeyboard(): boolean {
  return matchMedia('(hover: hover) and (pointer: fine)').matches
}
