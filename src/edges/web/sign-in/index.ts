export type { ProviderConfig } from './provider.ts'
export { userSchema } from './schemas.ts'
export type { SignInDeps } from './sign-in-deps.ts'
export { signInRoutes } from './sign-in-routes.ts'
