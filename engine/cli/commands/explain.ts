/** `fundwatch explain FLAG`: one flag with its law, numbers, claims and what would clear it, in the terminal. */
import { loadConfig } from '../../config.ts'
import { Client, runningAddress } from '../client.ts'
import { EXIT, urlOf } from '../command.ts'
import type { Command } from '../command.ts'
import { flagLines } from '../flag-lines.ts'
import { out } from '../output.ts'
import { EngineError } from '../../core/errors.ts'
import type { FlagDetail } from '../../http/flag-detail.ts'

export const explainCommand: Command = {
  name: 'explain',
  summary: 'explain one flag: law, numbers, claims, what would clear it',
  usage: 'FLAG_ID [--url URL] [--json]',
  takes: { what: 'a FLAG_ID, as flag lists show it', least: 1, most: 1 },
  options: {
    url: { type: 'string', value: 'URL', says: 'the engine to ask; the one on the data directory without it' },
    json: { type: 'boolean', says: 'machine-readable' }
  },
  examples: ['fundwatch explain 3f0c…'],
  async run ({ values, positionals }) {
    const id = positionals[0]!
    const config = loadConfig(process.env)
    const url = urlOf(values) ?? runningAddress(config)
    if (url === null) throw new EngineError('ENGINE_UNREACHABLE', `no engine runs on ${config.dataDir}`)
    const flag = await new Client(url, config.token).request(`/v1/flags/${encodeURIComponent(id)}`) as FlagDetail
    out(values.json === true ? JSON.stringify(flag, null, 2) : storedPage(flag, url))
    return EXIT.ok
  }
}

function storedPage (flag: FlagDetail, url: string): string {
  return [...flagLines(flag), '', `证据页（可打印）：${url}/v1/flags/${flag.flag_id}/evidence`, flag.caution.zh].join('\n')
}
