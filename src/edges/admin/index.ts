export { type AdminDeps, deliveryRoutes } from './delivery-routes.ts'
