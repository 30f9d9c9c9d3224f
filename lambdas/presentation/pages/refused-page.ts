import { html } from 'hono/html';
import { listMarkup, noteMarkup, renderPage } from './page-layout.ts';

/** Why a request was not taken. */
export type RefusedKind = 'too-large' | 'bad-form' | 'method' | 'cross-site' | 'fault';

interface Refusal {
  readonly heading: string;
  readonly lead: string;
  readonly rest: string;
}

const NOTHING_DECIDED = 'Nothing was decided.';

const REFUSALS: Record<RefusedKind, Refusal> = {
  'too-large': {
    heading: 'That was too much to send',
    lead: NOTHING_DECIDED,
    rest: 'The form holds far less than what arrived. Shorten the reason and send it again.',
  },
  'bad-form': {
    heading: 'The form could not be read',
    lead: NOTHING_DECIDED,
    rest: 'What arrived was not the form of the approval page, or parts of it were missing.',
  },
  method: {
    heading: 'This address only shows and takes a decision',
    lead: NOTHING_DECIDED,
    rest: 'It was called in another way than the approval page does.',
  },
  'cross-site': {
    heading: 'The form did not come from this site',
    lead: NOTHING_DECIDED,
    rest: 'A decision is taken only from the page behind your own link. If another site sent you here, tell your security team.',
  },
  fault: {
    heading: 'Something failed on our side',
    // The record may have been written before the fault: claiming either would be a guess.
    lead: 'It is not certain whether a decision was recorded.',
    rest: 'Your link tells: once a decision is recorded, it shows who decided what. Sending a decision twice does no harm.',
  },
};

/** The page for a request that was not taken: whether anything was decided, and how to go on. */
export function renderRefusedPage(kind: RefusedKind): string {
  const { heading, lead, rest } = REFUSALS[kind];
  return renderPage({
    title: heading,
    heading,
    main: html`${noteMarkup('bad', lead, rest)}
<section><h2>What you can do</h2>${listMarkup(['Open the link from the mail again and decide there.'])}</section>`,
    footer: 'The account stays disabled until a decision is recorded.',
  });
}
