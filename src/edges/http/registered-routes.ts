import type { App } from './app-env.ts'

export interface RegisteredRoute {
  method: string
  /** As in the OpenAPI document: `/api/sessions/{id}`. */
  path: string
  matches(path: string): boolean
}

/**
 * Every route of the app, from the same registry that writes the OpenAPI document.
 * @throws Error naming a route that was not made by `defineRoute` and thus has no owner rule
 */
export function readRegisteredRoutes(app: App): RegisteredRoute[] {
  const routes: RegisteredRoute[] = []
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue
    const { method, path, 'x-owner': owner } = definition.route as { method: string; path: string; 'x-owner'?: string }
    if (!owner) throw new Error(`the route ${method} ${path} has no owner rule: make it with defineRoute`)
    routes.push({ method: method.toUpperCase(), path, matches: matcher(path) })
  }
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue
    if (!routes.some((route) => route.method === method && honoPath(route.path) === path)) {
      throw new Error(`the route ${method} ${path} has no owner rule: make it with defineRoute`)
    }
  }
  return routes
}

function honoPath(path: string): string {
  return path.replaceAll(/\/{(.+?)}/g, '/:$1')
}

function matcher(path: string): (path: string) => boolean {
  const segments = path.split('/').map((segment) => (/^{.+}$/.test(segment) ? '[^/]+' : RegExp.escape(segment)))
  const pattern = new RegExp(`^${segments.join('/')}$`)
  return (candidate) => pattern.test(candidate)
}
