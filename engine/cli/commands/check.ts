/** `fundwatch check FILE`: what the engine would say of records, were they handed in now. Nothing is recorded. */
import { loadConfig } from '../../config.ts'
import type { Config } from '../../config.ts'
import type { Format } from '../../core/ports.ts'
import { loadRulebook } from '../../core/rulebook/load.ts'
import { checkAnswer } from '../../http/check-answer.ts'
import type { CheckAnswer } from '../../http/check-answer.ts'
import { formatOfInputs, inputsOf } from '../../io/files/inputs.ts'
import { formatOf, sizeOf } from '../../io/files/read-pieces.ts'
import type { InputFormat } from '../../io/files/read-pieces.ts'
import { startEngine } from '../../main.ts'
import { Client, runningAddress } from '../client.ts'
import { EXIT, urlOf } from '../command.ts'
import type { Command } from '../command.ts'
import { flagLines } from '../flag-lines.ts'
import { formatOption, givenFormat } from '../input-format.ts'
import { out } from '../output.ts'
import { makeDirectories } from '../ready.ts'

type Ask = (bytes: Uint8Array, format: Format) => Promise<CheckAnswer>

export const checkCommand: Command = {
  name: 'check',
  summary: 'judge records without recording them: what they would raise if handed in now',
  usage: 'FILE|- [--format FORMAT] [--url URL] [--json]',
  takes: { what: 'a FILE of records, or - for standard input', least: 1, most: 1 },
  more: [
    'Records are judged one after another by what the engine has in memory; those of a long file in parts of about a mebibyte.',
    'A claim older than memory reaches is judged by memory alone, which is said. The exit code is 1 when a flag would be raised',
    'or a record refused.'
  ],
  options: {
    format: formatOption,
    url: {
      type: 'string', value: 'URL',
      says: 'a running engine; without it the one on the data directory, else one is started for the check'
    },
    json: { type: 'boolean', says: 'machine-readable: the answers of POST /v1/claims:check' }
  },
  examples: ['fundwatch check claim.json', 'fundwatch check - --format json --json', 'fundwatch check tomorrow.ndjson.gz --json'],
  async run ({ values, positionals }) {
    const file = positionals[0]!
    const { format } = formatOf(file, givenFormat(values))
    await sizeOf(file)
    const config = loadConfig(process.env)
    const url = urlOf(values) ?? runningAddress(config)
    const answers = url === null
      ? await withOwnEngine(config, file, format)
      : await checkFile(file, format, overHttp(new Client(url, config.token)))
    const answer = joined(answers)
    out(values.json === true ? JSON.stringify(answer, null, 2) : page(answer))
    return answer.flags > 0 || answer.rejected > 0 ? EXIT.findings : EXIT.ok
  }
}

async function withOwnEngine (config: Config, file: string, format: InputFormat): Promise<CheckAnswer[]> {
  makeDirectories(config)
  const rulebook = await loadRulebook()
  const engine = await startEngine(config, { listen: false, inbox: false })
  try {
    return await checkFile(file, format, async (bytes, format) => checkAnswer(await engine.check(bytes, format), rulebook))
  } finally {
    await engine.stop()
  }
}

function overHttp (client: Client): Ask {
  return async (bytes, format) => {
    const type = format === 'msgpack' ? 'application/msgpack' : 'application/x-ndjson'
    return await client.request('/v1/claims:check', { method: 'POST', body: new Uint8Array(bytes), type }) as CheckAnswer
  }
}

async function checkFile (file: string, format: InputFormat, ask: Ask): Promise<CheckAnswer[]> {
  const answers: CheckAnswer[] = []
  for await (const { bytes } of inputsOf(file, format)) answers.push(await ask(bytes, formatOfInputs(format)))
  return answers
}

const COUNTS = ['checked', 'flags', 'judged', 'corrected', 'late', 'learned', 'duplicate', 'superseded', 'rejected'] as const
type Joined = Omit<CheckAnswer, 'caution'>

/** The answers of all parts as one. */
function joined (answers: readonly CheckAnswer[]): Joined {
  const sum = (name: (typeof COUNTS)[number]): number => answers.reduce((total, answer) => total + answer[name], 0)
  const counts = Object.fromEntries(COUNTS.map(name => [name, sum(name)])) as Record<(typeof COUNTS)[number], number>
  return { recorded: false, ...counts, results: answers.flatMap(answer => answer.results).map((result, index) => ({ ...result, index })) }
}

function page (answer: Joined): string {
  const blocks = answer.results.flatMap(result => {
    if (result.status === 'rejected') {
      const { reason, reason_zh, field, seen } = result
      return [`第 ${result.index + 1} 条无法研判 refused：${reason_zh}（${reason}）${field} ${seen}`.trimEnd()]
    }
    const { identity, history, history_says, flags } = result
    if (flags.length === 0 && history === 'whole') return []
    const note = history === 'partial' ? [history_says.zh] : []
    const pages = flags.flatMap(flag => ['', ...flagLines(flag)])
    return [[`第 ${result.index + 1} 条 ${identity}`, ...note, ...(flags.length === 0 ? ['未见疑点 no flags'] : pages)].join('\n')]
  })
  const { checked, flags, rejected } = answer
  const end = `研判 ${checked} 条，疑点 ${flags} 条，无法研判 ${rejected} 条；未作任何记录。疑点仅为线索，须经核查认定。`
  return [...blocks, end].join('\n\n')
}
