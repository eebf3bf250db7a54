/** The pieces that the filter forms of lists are made of. */
import { html, type Html } from './html.ts'

export function choice (name: string, label: string, options: ReadonlyArray<readonly [string, string]>, chosen: string | undefined): Html {
  return html`<label>${label} <select name="${name}">${options.map(([value, text]) => value === chosen
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`)}</select></label>`
}

export function field (name: string, label: string, value: string | undefined): Html {
  return html`<label>${label} <input name="${name}" value="${value ?? ''}" maxlength="64"></label>`
}
