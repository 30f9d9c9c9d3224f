import { html } from 'hono/html';
import type { Markup } from '../markup.ts';
import type { FormError } from './decision-form.ts';

/** What is wrong with one field; `undefined` when nothing is. */
export function errorAt(errors: readonly FormError[], field: FormError['field']): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

export function errorMarkup(id: string, message: string | undefined): Markup | undefined {
  return message === undefined ? undefined : html`<p class="error" id="${id}">Error: ${message}</p>`;
}

/** Ties a control to its hint `<name>-hint` and its error `<name>-error`. */
export function describedBy(name: string, error: string | undefined): Markup {
  if (error === undefined) return html` aria-describedby="${name}-hint"`;
  return html` aria-describedby="${name}-hint ${name}-error" aria-invalid="true"`;
}
