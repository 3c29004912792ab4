/** How a provider writes its event stream (Chat Completions API, Messages API). For tests. */
export interface Dialect {
  start(): string
  delta(text: string): string
  finish(reason: 'stop' | 'length'): string
  refusal(): string
  error(type: string): string
}

export const chatCompletions: Dialect = {
  start: () => chunk({ role: 'assistant', content: '' }),
  delta: (content) => chunk({ content }),
  finish: (reason) => `${chunk({}, reason)}data: [DONE]\n\n`,
  refusal: () => `${chunk({ refusal: 'I will not.' })}${chunk({}, 'stop')}data: [DONE]\n\n`,
  error: (type) => data({ error: { message: 'private prompt words', type } }),
}

export const anthropicMessages: Dialect = {
  start: () =>
    data({
      type: 'message_start',
      message: { id: 'm', type: 'message', role: 'assistant', model: 'x', content: [], usage: usage(3, 1) },
    }) + data({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  delta: (text) => data({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  finish: (reason) => anthropicEnd(reason === 'stop' ? 'end_turn' : 'max_tokens'),
  refusal: () => anthropicEnd('refusal'),
  error: (type) => data({ type: 'error', error: { type, message: 'private prompt words' } }),
}

function chunk(delta: object, finishReason: string | null = null): string {
  return data({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finishReason }] })
}

function anthropicEnd(stopReason: string): string {
  return (
    data({ type: 'content_block_stop', index: 0 }) +
    data({ type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage: usage(3, 9) }) +
    data({ type: 'message_stop' })
  )
}

function usage(inputTokens: number, outputTokens: number): object {
  return { input_tokens: inputTokens, output_tokens: outputTokens }
}

function data(value: { type?: string } | object): string {
  const event = 'type' in value ? `event: ${value.type}\n` : ''
  return `${event}data: ${JSON.stringify(value)}\n\n`
}
