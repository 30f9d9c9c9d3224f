import { type html, raw } from 'hono/html';

/** A piece of HTML whose values are escaped. */
export type Markup = ReturnType<typeof html>;

/**
 * The finished text of a page or mail.
 * @throws TypeError when a value inside was a promise: everything shown is known before rendering starts.
 */
export function textOf(markup: Markup): string {
  if (markup instanceof Promise) throw new TypeError('a page was given a promise to show: await it before rendering');
  return markup.toString();
}

/** Our own constant text, such as the stylesheet, placed as it is. Text of people never comes here. */
export function constantText(text: string): Markup {
  return raw(text);
}
