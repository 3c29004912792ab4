/** Tokens that a call takes. */
export interface TokenUse {
  input: number
  output: number
}

/** Leave to ask a model, and what is set aside for it. */
export interface Hold {
  /** Sets aside more: the answer is longer than was asked for. False when there is no room for it. */
  extend(outputTokens: number): Promise<boolean>
  /** What it took after all. What was set aside beyond that is free again. */
  settle(use: TokenUse): Promise<void>
}

/** What models may take. Asked before every call, retries and other models included. */
export interface ModelBudget {
  /** Null: there is no room for this call, and the model is not to be asked. */
  hold(most: TokenUse): Promise<Hold | null>
}

const FREE: Hold = { extend: async () => true, settle: async () => {} }

export const noModelBudget: ModelBudget = { hold: async () => FREE }
