import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const PREFIX = 'vitte_'
const NAME = /^vitte_[a-z][a-z0-9_]*$/
/** Labels whose values we choose ourselves. Never a user, an id or a path: each value is a series kept for ever. */
const LABELS = [
  'route',
  'method',
  'status',
  'queue',
  'outcome',
  'state',
  'code',
  'channel',
  'interface',
  'provider',
  'kind',
  'purpose',
] as const
/** From half a millisecond to a minute. */
const SECONDS_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export type MetricLabel = (typeof LABELS)[number]
type Labels<Name extends MetricLabel> = Record<Name, string | number>

export interface MetricOptions<Name extends MetricLabel> {
  /** Begins with `vitte_`; the unit stands last (`_seconds`, `_total`). */
  name: string
  help: string
  labels?: readonly Name[]
}

/** Names and numbers for Prometheus. Asking for the same name again gives the same metric. */
export interface Metrics {
  counter<Name extends MetricLabel = never>(
    options: MetricOptions<Name>,
  ): { add(labels: Labels<Name>, by?: number): void }
  histogram<Name extends MetricLabel = never>(
    options: MetricOptions<Name> & { buckets?: readonly number[] },
  ): { observe(labels: Labels<Name>, value: number): void }
  /** With `read`, the value is asked for when somebody looks. */
  gauge<Name extends MetricLabel = never>(
    options: MetricOptions<Name> & { read?: () => number | Promise<number> },
  ): { set(labels: Labels<Name>, value: number): void }
  /** The answer to `GET /metrics`. */
  expose(): Promise<{ contentType: string; body: string }>
}

/** A registry of our own; with `processMetrics`, also memory, CPU and event loop of this process. */
export function createMetrics({ processMetrics = true }: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (processMetrics) collectDefaultMetrics({ register: registry, prefix: PREFIX })

  function once<Metric>(options: MetricOptions<MetricLabel>, make: (common: Common) => Metric): Metric {
    if (!NAME.test(options.name)) throw new TypeError(`the metric ${options.name} must begin with ${PREFIX}`)
    const strange = options.labels?.find((label) => !LABELS.includes(label))
    if (strange) throw new TypeError(`the metric ${options.name} may not be labelled by ${strange}`)
    const known = registry.getSingleMetric(options.name) as Metric | undefined
    return (
      known ?? make({ name: options.name, help: options.help, labelNames: options.labels ?? [], registers: [registry] })
    )
  }

  return {
    counter(options) {
      const metric = once(options, (common) => new Counter(common))
      return { add: (labels, by = 1) => metric.inc(labels, by) }
    },
    histogram(options) {
      const buckets = [...(options.buckets ?? SECONDS_BUCKETS)]
      const metric = once(options, (common) => new Histogram({ ...common, buckets }))
      return { observe: (labels, value) => metric.observe(labels, value) }
    },
    gauge(options) {
      const { read } = options
      const metric = once(options, (common) => new Gauge(read ? { ...common, collect: collectWith(read) } : common))
      return { set: (labels, value) => metric.set(labels, value) }
    },
    async expose() {
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}

interface Common {
  name: string
  help: string
  labelNames: readonly string[]
  registers: Registry[]
}

/** A reading that fails leaves its gauge out instead of failing the whole answer. */
function collectWith(read: () => number | Promise<number>) {
  return async function (this: Gauge<string>): Promise<void> {
    try {
      this.set(await read())
    } catch {
      this.remove()
    }
  }
}
