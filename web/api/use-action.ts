import { useRef, useState } from 'react'

export interface Action<Input> {
  run(input: Input): void
  busy: boolean
  error: unknown
}

interface ActionEnd<Output> {
  onDone?(output: Output): void | Promise<void>
  onError?(error: unknown): void
}

/** One deed at the server at a time: whether it runs, and what went wrong with the last one. */
export function useAction<Output, Input = void>(
  deed: (input: Input) => Promise<Output>,
  { onDone, onError }: ActionEnd<Output> = {},
): Action<Input> {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null })
  const running = useRef(false)
  const run = async (input: Input) => {
    if (running.current) return
    running.current = true
    setState({ busy: true, error: null })
    try {
      // Apart: without anybody to tell, `?.` would leave the deed itself out.
      const output = await deed(input)
      await onDone?.(output)
      setState({ busy: false, error: null })
    } catch (error) {
      setState({ busy: false, error })
      onError?.(error)
    } finally {
      running.current = false
    }
  }
  return { run: (input) => void run(input), ...state }
}
