export { linkRoutes } from './link-routes.ts'
export { undoRoutes } from './undo-routes.ts'
