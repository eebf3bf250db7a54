/** Tests live beside what they test; `npm test` builds first, because lanes run the compiled worker. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['engine/**/*.test.ts', 'rules/**/*.test.ts', 'bench/**/*.test.ts', 'dashboards/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 30_000
  }
})
