/** What a browser is shown instead of a page: what went wrong, what to do, and where to go on. */
import type { Bilingual } from '../../core/rulebook.ts'
import { html, type Html } from './html.ts'
import { both, english } from './layout.ts'

interface Shown { readonly code: string, readonly message: string, readonly message_zh: string, readonly advice: string }

/** What a reader can do about a status; a program's advice, in the answer itself, is about requests. */
const ADVICE: Readonly<Record<number, Bilingual>> = {
  400: { zh: '请检查地址栏或查询条件中的参数。', en: 'Check the parameters in the address or the form.' },
  401: { zh: '请重新打开本页并输入访问令牌：用户名任意，密码填令牌。', en: 'Open the page again and give any user, and the token as password.' },
  403: { zh: '请在本机以 http://127.0.0.1 打开，或为系统设置访问令牌。', en: 'Use 127.0.0.1 on this machine, or have a token set.' },
  404: { zh: '请检查地址是否完整；所查内容也可能不在库中。', en: 'Check the address; what it asks for may also not be in the store.' },
  405: { zh: '该地址不能这样打开，请从下列页面进入。', en: 'This address cannot be opened like this; go on from one of these pages.' },
  429: { zh: '请稍候再刷新本页。', en: 'Wait a little before loading the page again.' },
  503: { zh: '请稍候再刷新本页。', en: 'Wait a little before loading the page again.' }
}
const ELSE: Bilingual = { zh: '请稍候再试；仍不行时请联系系统管理员。', en: 'Try again later, or tell whoever runs the system.' }

export function problemBody (status: number, { code, message, message_zh }: Shown): Html {
  return html`<h1>${message_zh} ${english(String(status))}</h1>
<p class="notice">${both(ADVICE[status] ?? ELSE)}</p>
<p class="soft">${english(message)} <code>${code}</code></p>
<p><a href="/">总览 ${english('first page')}</a> · <a href="/flags">疑点 ${english('flags')}</a> · <a href="/rules">规则 ${english('rules')}</a> ·
<a href="/api">接口 ${english('interface')}</a></p>`
}
