import { describe, expect, it } from 'vitest'
import { at } from '../store/samples.ts'
import { MonthlyMedians } from './monthly-medians.ts'

/** Months handed in, and those that failed; `broken` says which fail. */
function observed (broken: (month: string) => boolean = () => false) {
  const done: string[] = []
  const failed: string[] = []
  const medians = new MonthlyMedians(async ({ month }) => {
    await Promise.resolve()
    if (broken(month)) throw new Error(month)
    done.push(month)
  }, month => { failed.push(month) })
  const look = async (text: string): Promise<void> => {
    medians.look(text === '' ? -Infinity : at(text))
    await new Promise(resolve => setImmediate(resolve))
  }
  return { done, failed, medians, look }
}

describe('medians by event time', () => {
  it('are those of the month before at the start, and of every month that ends from then on, once', async () => {
    const { done, look } = observed()
    for (const clock of ['', '2026-03-02', '2026-03-31 23:59:59']) await look(clock)
    expect(done).toEqual(['2026-02'])
    for (const clock of ['2026-04-01', '2026-04-30', '2026-07-15', '2026-07-16']) await look(clock)
    expect(done).toEqual(['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'])
  })

  it('are made up for a year at most when event time leaps', async () => {
    const { done, look } = observed()
    await look('2020-01-15')
    await look('2026-03-01')
    expect([done.length, done[0], done[1], done.at(-1)]).toEqual([13, '2019-12', '2025-03', '2026-02'])
  })

  it('are tried again from the month that failed', async () => {
    let away = true
    const { done, failed, look } = observed(month => away && month === '2026-03')
    await look('2026-03-10')
    await look('2026-05-10')
    expect([done, failed]).toEqual([['2026-02'], ['2026-03']])
    away = false
    await look('2026-05-10')
    expect(done).toEqual(['2026-02', '2026-03', '2026-04'])
  })

  it('are not begun twice at the same time, nor after the end, which waits for what is under way', async () => {
    const { done, medians } = observed()
    medians.look(at('2026-03-10'))
    medians.look(at('2026-03-10'))
    await medians.stop()
    medians.look(at('2026-04-10'))
    await medians.stop()
    expect(done).toEqual(['2026-02'])
  })
})
