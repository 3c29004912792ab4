export { createMetrics, type MetricLabel, type MetricOptions, type Metrics } from './create-metrics.ts'
