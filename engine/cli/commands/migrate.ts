/** `fundwatch migrate`: brings the store's schema up to date. `run` and `replay` do the same at their start. */
import { openConfiguredStore } from '../../main.ts'
import { EXIT } from '../command.ts'
import type { Command } from '../command.ts'
import { out } from '../output.ts'
import { readyConfig } from '../ready.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the store’s schema up to date',
  usage: '[--json]',
  options: { json: { type: 'boolean', says: 'machine-readable' } },
  examples: ['fundwatch migrate', 'FUNDWATCH_STORE_URL=http://127.0.0.1:8123 fundwatch migrate'],
  async run ({ values }) {
    const store = await openConfiguredStore(readyConfig())
    try {
      const { applied } = await store.migrate()
      if (values.json === true) out(JSON.stringify({ applied }))
      else out(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`)
      return EXIT.ok
    } finally {
      await store.close()
    }
  }
}
