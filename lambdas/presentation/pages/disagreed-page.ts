import { html } from 'hono/html';
import type { ApprovalView } from '../text/approval-view.ts';
import { formatTime, zoneShownTo } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { listMarkup, nameMarkup, noteMarkup, renderPage } from './page-layout.ts';

/** What the second approver sees after choosing otherwise than the first: nobody has decided, and everybody chooses again. */
export function renderDisagreedPage(view: ApprovalView): string {
  const name = plainLine(view.leaver.displayName);
  const end = formatTime(view.expiresAt, zoneShownTo(view));
  return renderPage({
    title: `Not decided: LastPass account of ${name}`,
    heading: html`The LastPass account of ${nameMarkup(name)}: the two approvals differ`,
    main: html`${noteMarkup('warn', 'Nothing is decided.', 'You chose otherwise than the first approver, so neither choice counts. The account stays disabled meanwhile.')}
<section><h2>What happens next</h2>${listMarkup([
      'Everybody who was asked is told what the two of you chose and why, and is asked again.',
      'Speak to the first approver, then choose: any choice starts afresh, yours too.',
      `If nobody decides before ${end}, the account stays disabled: silence never deletes.`,
    ])}</section>
<p><a href="">Open the question again</a></p>`,
    footer: 'The disagreement is part of the record. Reloading or leaving this page changes nothing.',
  });
}
