/** The Kafka client that `npm test` compiles is there and speaks the protocol: one message through its own mock brokers. */
import { createRequire } from 'node:module'
import { afterAll, expect, it } from 'vitest'

const Kafka = createRequire(import.meta.url)('node-rdkafka') as typeof import('node-rdkafka')
const closing: Array<() => Promise<void>> = []
afterAll(async () => { for (const close of closing.reverse()) await close() })

it('has the features that production brokers ask for', () => {
  expect(Kafka.librdkafkaVersion).toBe('2.12.0')
  expect(Kafka.features).toEqual(expect.arrayContaining(['gzip', 'lz4', 'ssl', 'sasl']))
})

it('delivers a keyed message, murmur2-partitioned as the design pins it', async () => {
  // The mock cluster is an option of librdkafka that the binding's types do not list.
  const settings = { 'metadata.broker.list': 'ignored:1', 'test.mock.num.brokers': 1, partitioner: 'murmur2_random', dr_cb: true }
  const producer = new Kafka.Producer(settings as ConstructorParameters<typeof Kafka.Producer>[0])
  await new Promise<void>((resolve, reject) => {
    producer.on('ready', () => { resolve() }).on('event.error', reject)
    producer.connect()
  })
  closing.push(async () => { await new Promise<void>(resolve => { producer.disconnect(() => { resolve() }) }) })
  const delivered = new Promise<{ key: string, partition: number }>((resolve, reject) => {
    producer.on('delivery-report', (error, report) => {
      if (error) reject(error)
      else resolve({ key: String(report.key), partition: report.partition })
    })
  })
  producer.setPollInterval(20)
  producer.produce('claims', null, Buffer.from('{"infno":"2207"}'), 'P1')
  const { key, partition } = await delivered
  expect(key).toBe('P1')
  expect(partition).toBeGreaterThanOrEqual(0)
})
