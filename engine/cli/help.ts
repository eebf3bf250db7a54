/** The texts of --help. They are made of the same tables that the parser reads. */
import { SETTINGS } from '../config.ts'
import type { Command, Option } from './command.ts'
import { table } from './output.ts'

/** What most people set. */
const SHOWN: ReadonlySet<string> = new Set(['dataDir', 'storeUrl', 'port', 'token', 'lanes', 'logLevel'])

export function overview (commands: readonly Command[]): string {
  return [
    'fundwatch – watches the medical-insurance fund: settled claims in, explained suspicions (疑点) out',
    '',
    'Usage: fundwatch <command> [options]',
    '',
    'Commands:',
    table(commands.map(c => [`  ${c.name}`, c.summary])),
    '',
    'Options:',
    table([['  -h, --help', 'this text; fundwatch <command> --help explains one command'], ['  -V, --version', 'the version']]),
    '',
    'Settings are environment variables; fundwatch config shows all of them:',
    table(Object.entries(SETTINGS).filter(([name]) => SHOWN.has(name)).map(([, s]) => [`  ${s.env}`, `${s.says}${initial(s.initial)}`])),
    '',
    'Results go to stdout, messages to stderr. Exit codes: 0 done · 1 done, and something was found wrong · 64 wrong command line ·',
    '65 refused by the engine · 69 engine or store not to be had · 70 a defect · 73 cannot write · 74 cannot read · 78 wrong setting.'
  ].join('\n')
}

const initial = (value: string | number): string => value === '' ? '' : ` (default ${value})`

export function help (command: Command): string {
  const options = Object.entries<Option>({ ...command.options, help: { type: 'boolean', short: 'h', says: 'this text' } })
  return [
    `fundwatch ${command.name} – ${command.summary}`,
    '',
    `Usage: fundwatch ${command.name} ${command.usage}`.trimEnd(),
    '',
    ...(command.more === undefined ? [] : [...command.more, '']),
    'Options:',
    table(options.map(([name, o]) => [
      `  ${o.short === undefined ? '    ' : `-${o.short}, `}--${name}${o.type === 'string' ? ` ${o.value ?? 'VALUE'}` : ''}`, o.says
    ])),
    '',
    'Examples:',
    ...command.examples.map(e => `  ${e}`)
  ].join('\n')
}
