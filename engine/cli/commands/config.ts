/** `fundwatch config`: every setting, its value here, its default and what it means. Secrets are never shown. */
import { SETTINGS, loadConfig } from '../../config.ts'
import { EXIT } from '../command.ts'
import type { Command } from '../command.ts'
import { out, table } from '../output.ts'

export const configCommand: Command = {
  name: 'config',
  summary: 'show every setting and its value',
  usage: '[--json]',
  options: { json: { type: 'boolean', says: 'machine-readable' } },
  examples: ['fundwatch config', 'FUNDWATCH_LANES=4 fundwatch config --json'],
  async run ({ values }) {
    const config = loadConfig(process.env)
    const rows = Object.entries(SETTINGS).map(([name, setting]) => {
      const secret = 'secret' in setting
      const value = String(config[name as keyof typeof config])
      return { setting: setting.env, value: secret && value !== '' ? '(set)' : value, default: String(setting.initial), says: setting.says }
    })
    if (values.json === true) {
      out(JSON.stringify(rows, null, 2))
    } else {
      const shown = rows.map(r => [r.setting, r.value || '–', r.default || '–', r.says])
      out(table([['SETTING', 'VALUE', 'DEFAULT', 'MEANING'], ...shown]))
    }
    return EXIT.ok
  }
}
