export { type AdminDeps, deliveryRoutes } from './delivery-routes.ts'
export { grantRoutes } from './grant-routes.ts'
export { paymentRoutes } from './payment-routes.ts'
export { supportRoutes } from './support-routes.ts'
