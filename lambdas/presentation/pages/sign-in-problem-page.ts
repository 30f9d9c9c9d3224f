import { html } from 'hono/html';
import { APPROVAL_PATH } from '../../domain/link-id.ts';
import type { SignInProblem } from '../../step-up/finish-sign-in.ts';
import { noteMarkup, renderPage } from './page-layout.ts';

interface Explanation {
  readonly heading: string;
  readonly rest: string;
}

const EXPLANATIONS: Record<SignInProblem, Explanation> = {
  unknown: {
    heading: 'This sign-in was not started here',
    rest: 'A sign-in counts only in the browser in which it was started, and only the newest one. If you started none, somebody may have sent you this address to decide in your name: tell your security team.',
  },
  used: {
    heading: 'This sign-in was used already',
    rest: 'Each sign-in counts once. Start another one from your link.',
  },
  expired: {
    heading: 'The sign-in took too long',
    rest: 'It counts for ten minutes. Start another one from your link.',
  },
  cancelled: {
    heading: 'The sign-in was cancelled',
    rest: 'You can start another one from your link.',
  },
  'someone-else': {
    heading: 'You signed in as somebody else',
    rest: 'The link was sent to another address than the one that you signed in with. Only the person to whom it was sent can confirm.',
  },
  refused: {
    heading: 'The sign-in could not be checked',
    rest: 'Your company’s sign-in did not answer with a fresh sign-in that fits. Start another one from your link.',
  },
  unavailable: {
    heading: 'Your company’s sign-in cannot be reached',
    rest: 'Try again in a few minutes from your link. Where your company allows it, the page also offers a code by mail.',
  },
  overtaken: {
    heading: 'A code was asked for at the same moment',
    rest: 'It took the place of this sign-in. Enter the code from your mailbox, or start another sign-in.',
  },
};

/** The page of a sign-in that confirms nothing: why, and the way back to the link where it is known. */
export function renderSignInProblemPage(problem: SignInProblem, linkId?: string): string {
  const { heading, rest } = EXPLANATIONS[problem];
  return renderPage({
    title: heading,
    heading,
    main: html`${noteMarkup('bad', 'Nothing was decided.', rest)}
<section><h2>What you can do</h2>
<p>${linkId === undefined ? 'Open the link from your mail again.' : html`<a href="${APPROVAL_PATH}/${linkId}">Go back to the facts and the choices</a>`}</p></section>`,
    footer: 'The account stays disabled until a decision is recorded.',
  });
}
