// Runs in the window that asks who is signing in: has their fields signed and hands them to the frame that opened it.

document.querySelector('form')?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const allowed = event.submitter instanceof HTMLButtonElement && event.submitter.value === 'allow'
  const person = document.querySelector<HTMLInputElement>('input[name=person]:checked')?.value
  if (allowed && person) {
    const signed = await fetch(`/sim/people/${person}/widget`, { method: 'POST' })
    window.opener?.postMessage(await signed.text(), location.origin)
  }
  window.close()
})
