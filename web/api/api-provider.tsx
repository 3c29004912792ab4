import { createContext, useContext } from 'react'
import type { Api } from './create-api.ts'

const ApiContext = createContext<Api | null>(null)

export const ApiProvider = ApiContext

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi outside of ApiProvider')
  return api
}
