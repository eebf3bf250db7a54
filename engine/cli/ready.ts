/** The settings of a command that opens the store, with the directories that they name made and tried. */
import { join } from 'node:path'
import { SETTINGS, loadConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { makeDirectory } from '../io/files/directory.ts'

/** @throws EngineError CONFIG_INVALID for a setting that is wrong or a directory that cannot be used */
export function readyConfig (): Config {
  const config = loadConfig(process.env)
  makeDirectories(config)
  return config
}

export function makeDirectories ({ dataDir, storeUrl }: Config): void {
  makeDirectory(dataDir, SETTINGS.dataDir.env)
  if (storeUrl === '') makeDirectory(join(dataDir, 'store'), SETTINGS.dataDir.env)
}
