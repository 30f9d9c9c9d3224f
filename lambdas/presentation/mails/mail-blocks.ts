import type { Fact } from '../text/case-facts.ts';

/** What a mail is made of. Both parts are rendered from the same blocks, so neither can say more than the other. */
export type MailBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'note';
      readonly tone: 'good' | 'warn' | 'bad';
      readonly lead: string;
      readonly text: string;
      /** What the note is about, by name. */
      readonly items?: readonly string[] | undefined;
    }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'quote'; readonly lines: readonly string[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
