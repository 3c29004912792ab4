import type { AppDeps } from '#edges/http'
import type { Metrics } from '#platform/metrics'

/** Counts answered requests by the pattern of their route. */
export function httpMetrics(metrics: Metrics): AppDeps['measure'] {
  const requests = metrics.counter({
    name: 'vitte_http_requests_total',
    help: 'Answered requests by method, route pattern and status',
    labels: ['method', 'route', 'status'],
  })
  const durations = metrics.histogram({
    name: 'vitte_http_request_duration_seconds',
    help: 'Time to answer a request, by method and route pattern',
    labels: ['method', 'route'],
  })
  return ({ method, route, status, durationMs }) => {
    requests.add({ method, route, status: String(status) })
    durations.observe({ method, route }, durationMs / 1000)
  }
}
