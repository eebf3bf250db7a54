/** The exchange: who is told, what is looked at, in which order, and that nobody is answered before it is durable. */
import { describe, expect, it } from 'vitest'
import type { StoreBatch } from '../core/ports.ts'
import { IDENTITY } from '../evaluate/sightings.ts'
import { sampleFlag } from '../store/samples.ts'
import { Exchange } from './exchange.ts'
import type { ExchangeHelpers } from './exchange.ts'
import { GroupCommit } from './group-commit.ts'
import type { KeptLane } from './kept-lane.ts'
import type { LaneRequest } from './protocol.ts'

/** Two lanes that find everything worth a look whose first number is 1, and raise one flag a subject; a store that notes what it is asked. */
function setUp (helpers: Partial<ExchangeHelpers> = {}) {
  const log: string[] = []
  const written: StoreBatch[] = []
  const lanes = [0, 1].map(number => ({
    lane: {
      number,
      ask: async (request: LaneRequest) => {
        await new Promise(resolve => setTimeout(resolve, 1))
        if (request.op === 'see') {
          log.push(`${number} sees ${request.of.length}`)
          return { incarnation: '', doubtful: Int32Array.from(request.of.keys()).filter(place => request.numbers[place * 5] === 1) }
        }
        if (request.op !== 'subjects') throw new Error(request.op)
        log.push(`${number} judges ${request.subjects.map(({ subject }) => subject).join(' ')}`)
        return { incarnation: '', flags: request.subjects.map(({ subject }) => sampleFlag({ flag_id: subject })) }
      }
    },
    askAgain: async <T>(ask: () => Promise<T>) => await ask()
  }) as unknown as KeptLane)
  const commit = new GroupCommit({
    write: async batch => {
      await new Promise(resolve => setTimeout(resolve, 2))
      written.push(batch)
      if ((batch.moved ?? []).length > 0) log.push(`moved ${batch.moved!.map(({ setl_id, psn_no }) => `${setl_id} to ${psn_no}`).join(' ')}`)
      if (batch.flags.length > 0) log.push(`durable ${batch.flags.map(({ flag_id }) => flag_id).join(' ')}`)
    },
    close: async () => {}
  }, { written: () => {}, retry: () => {} })
  const exchange = new Exchange(lanes, commit, {
    tasks: 6,
    holders: async keys => keys.flatMap(key => ['p1', 'p2'].map((psn_no, i) => ({ fixmedins_code: 'H', setl_id: key.slice(2), psn_no, version: String(1 + i) }))),
    misnamed: async () => [],
    handIn: async records => { if (records.length > 0) log.push(`handed in ${JSON.stringify(records)}`) },
    shownIn: async () => [],
    asking: async institutions => institutions.flatMap(code => [`${code}|1`, `${code}|2`, `${code}|3`, `${code}|4`].map(subject => ({ rule_id: 'rule', subject }))),
    ofItems: async items => items.map(item => ({ rule_id: 'stock', subject: item })),
    subjects: async subjects => {
      log.push(`store shows ${subjects.map(({ subject }) => subject).join(' ')}`)
      return subjects.map(one => ({ ...one, window: { subject: one.subject, settlements: [], days: [], movements: [] }, flags: [] }))
    },
    judgeAgain: async psn_nos => { log.push(`again ${psn_nos.join(' ')}`) },
    flagged: () => {},
    ...helpers
  })
  return { exchange, log, written, commit }
}

const seen = (lane: number, ...keys: Array<[of: string, key: string, doubtful?: boolean]>) =>
  ({ lane, numbers: Int32Array.from(keys.flatMap(([, , doubtful = true]) => [doubtful ? 1 : 0, 0, 0, 0, 1])), of: keys.map(([of]) => of), keys: keys.map(([, key]) => key) })

describe('exchange', () => {
  it('looks at nothing when nothing is worth it', async () => {
    const { exchange, log } = setUp()
    await exchange.deliver({ seen: [], disturbed: [], items: [] })
    await exchange.deliver({ seen: [seen(0, ['rule', 'A', false])], disturbed: [], items: [] })
    expect(log).toEqual(['0 sees 1'])
  })

  it('has subjects judged by what the store shows, and answers when their flags are durable', async () => {
    const { exchange, log } = setUp()
    await exchange.deliver({ seen: [seen(0, ['rule', 'A'], ['rule', 'B', false]), seen(1, ['rule', 'C'])], disturbed: [], items: [] })
    expect(log.slice(0, 3).sort()).toEqual(['0 sees 2', '1 sees 1', 'store shows A C'])
    expect(log.filter(line => line.includes('judges')).flatMap(line => line.split(' ').slice(2)).sort()).toEqual(['A', 'C'])
    expect(log.at(-1)).toMatch(/^durable/)
  })

  it('asks for whom a settlement went to, and for what it shows, before any subject is read', async () => {
    const { exchange, log } = setUp({ shownIn: async keys => keys.map(key => ({ rule_id: 'rule', subject: `shown ${key}` })) })
    await exchange.deliver({ seen: [seen(1, [IDENTITY, 'H|S1'])], disturbed: ['H|S2'], items: [] })
    expect(log.slice(0, 4)).toEqual(['1 sees 1', 'moved S1 to p2', 'again p1 p2', 'store shows shown H|S2 shown H|S1'])
  })

  it('hands in again, in the name of who has the settlement, a reversal that names somebody else', async () => {
    const misnamed = {
      holder: 'p2', infno: '2208', msgid: 'm', mdtrtarea_admvs: '', insuplc_admdvs: '341702', dev_no: '', opter_type: '', opter: '', fixmedins_code: 'H',
      setl_id: 'S1', mdtrt_id: 'M1', refd_setl_id: 'S1R', inf_time: Date.UTC(2026, 2, 1), setl_time: Date.UTC(2026, 2, 1)
    }
    const { exchange, log } = setUp({ misnamed: async () => [misnamed] })
    await exchange.deliver({ seen: [seen(0, ['rule', 'A'])], disturbed: [], items: [] })
    expect(log.some(line => line.startsWith('handed in'))).toBe(false)
    await exchange.deliver({ seen: [seen(0, [IDENTITY, 'H|S1'])], disturbed: [], items: [] })
    expect(log.at(-1)).toMatch(/^handed in \[{"infno":"2208".*"inf_time":"2026-03-01 08:00:00","setlinfo":{"setl_id":"S1","mdtrt_id":"M1","psn_no":"p2"/)
  })

  it('looks at items of which stock records came', async () => {
    const { exchange, log } = setUp()
    await exchange.deliver({ seen: [], disturbed: [], items: ['H|X', 'H|X'] })
    expect(log[0]).toBe('store shows H|X')
  })

  it('looks at what a lane judges when it has learned something else of an institution', async () => {
    const { exchange, log } = setUp()
    const change = { type: 'institution' as const, key: 'H', from: 0, to: 1 }
    await exchange.learned(0, [change, { ...change, type: 'catalogue' }])
    await exchange.learned(1, [change])
    const read = log.filter(line => line.startsWith('store shows')).map(line => line.split(' ').slice(2))
    expect(log.filter(line => line.includes('judges')).map(line => line[0])).toEqual(['0', '1'])
    expect(read.flat().sort()).toEqual(['H|1', 'H|2', 'H|3', 'H|4'])
    await exchange.learned(1, [{ ...change, type: 'catalogue' }])
    expect(log.filter(line => line.startsWith('store shows')).length).toBe(2)
  })

  it('judges a subject once a round, whatever number of settlements show it', async () => {
    const { exchange, log } = setUp()
    await exchange.deliver({ seen: [seen(0, ['rule', 'A'], ['rule', 'A'], ['other', 'A'])], disturbed: [], items: [] })
    expect(log.filter(line => line.startsWith('store shows'))).toEqual(['store shows A A'])
  })

  it('runs one round after another, and gathers what is told meanwhile into one', async () => {
    const { exchange, log } = setUp()
    const deliver = async (key: string): Promise<void> => { await exchange.deliver({ seen: [seen(0, ['rule', key])], disturbed: [], items: [] }) }
    const first = deliver('A')
    await new Promise(resolve => setTimeout(resolve, 0))
    await Promise.all([first, deliver('B'), deliver('C'), deliver('D')])
    expect(log.filter(line => line.startsWith('store shows'))).toEqual(['store shows A', 'store shows B C D'])
    expect(log.indexOf('durable A')).toBeLessThan(log.indexOf('store shows B C D'))
  })

  it('tells of a failure whoever waits for the round, and every round after it', async () => {
    const { exchange } = setUp({ subjects: async () => { throw new Error('a broken invariant') } })
    const first = exchange.deliver({ seen: [seen(0, ['rule', 'A'])], disturbed: [], items: [] })
    const second = exchange.deliver({ seen: [seen(0, ['rule', 'B', false])], disturbed: [], items: [] })
    await expect(first).rejects.toThrow('a broken invariant')
    await expect(second).rejects.toThrow('a broken invariant')
  })
})
