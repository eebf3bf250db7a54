/**
 * What `npm start` and `npm test` run: installs what is missing, builds what is stale, then hands over. Plain JavaScript
 * without dependencies, because nothing is installed yet. What is there is never rebuilt.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const INSTALLED = join(ROOT, 'node_modules', '.fundwatch-installed')
const BUILT = join(ROOT, 'dist', '.fundwatch-built')
const SOURCES = ['engine', 'rules', 'bench', 'dashboards', 'tsconfig.json']
const NATIVE = join(ROOT, 'node_modules', 'node-rdkafka')

const say = text => process.stderr.write(`fundwatch: ${text}\n`)

function fail (text, code = 70) {
  say(text)
  process.exit(code)
}

/** Runs a command to its end; its output goes to stderr so that stdout stays for results. */
function run (what, command, args, env = process.env) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], env })
  if (result.status !== 0) fail(`${what} failed (${[command, ...args].join(' ')}); see the messages above.`)
}

function checkNode () {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) fail(`Node ${process.versions.node} is too old; 20.19 or newer is needed.`, 78)
}

/**
 * Dependencies without their install scripts: those compile what only Kafka needs. Not `npm ci`: it refuses a lock file
 * that lacks the binaries of other platforms, which a mirror may not hold; `--no-save` keeps the lock file as it is.
 */
function install () {
  const wanted = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex')
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return
  say('installing dependencies (once)…')
  run('npm install', 'npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(INSTALLED, wanted)
}

function newest (path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), info.mtimeMs)
}

function build () {
  const changed = Math.max(...SOURCES.map(name => join(ROOT, name)).filter(existsSync).map(newest))
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= changed) return
  say('building…')
  mkdirSync(dirname(BUILT), { recursive: true })
  run('the build', process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', ROOT])
  writeFileSync(BUILT, '')
}

/** librdkafka's binding, compiled once (about four minutes); only Kafka needs it. */
function buildKafka () {
  if (!existsSync(NATIVE) || existsSync(join(NATIVE, 'build', 'Release', 'node-librdkafka.node'))) return
  say('compiling the Kafka client (once, about four minutes)…')
  const headers = existsSync('/usr/include/node/node.h') ? { npm_config_nodedir: '/usr' } : {}
  const compile = ['rebuild', 'node-rdkafka', '--loglevel=error']
  const env = { JOBS: 'max', ...process.env, ...headers }
  // Its makefile lacks a dependency, so that a parallel build can fail once before config.h is there; then it goes on.
  if (spawnSync('npm', compile, { cwd: ROOT, stdio: 'ignore', env }).status !== 0) run('compiling node-rdkafka', 'npm', compile, env)
}

function handOver (command, args) {
  const child = spawn(command, args, { cwd: process.env.INIT_CWD ?? ROOT, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}

const [, , what = 'start', ...rest] = process.argv
const compiled = name => join(ROOT, 'dist', ...name.split('/'))
const scripts = {
  start: () => handOver(process.execPath, [compiled('engine/cli/fundwatch.js'), 'run', '--demo', ...rest]),
  cli: () => handOver(process.execPath, [compiled('engine/cli/fundwatch.js'), ...rest]),
  node: () => handOver(process.execPath, [compiled(rest[0]), ...rest.slice(1)]),
  prepare: () => {},
  test: () => {
    buildKafka()
    handOver(process.execPath, [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', join(ROOT, 'engine', 'vitest.config.ts'), ...rest])
  },
  kafka: buildKafka
}

if (!(what in scripts)) fail(`unknown task ${what}; one of ${Object.keys(scripts).join(', ')}`, 64)
checkNode()
install()
build()
scripts[what]()
