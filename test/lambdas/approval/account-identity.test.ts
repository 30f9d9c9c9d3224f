import { describe, expect, it } from 'vitest';
import { composeApprovalMail } from '../../../lambdas/presentation/mails/approval-mail.ts';
import type { ApprovalView } from '../../../lambdas/presentation/text/approval-view.ts';
import { factSections } from '../../../lambdas/presentation/text/case-facts.ts';
import { warningsAbout } from '../../../lambdas/presentation/text/cautions.ts';
import { askedCase, caseIn } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { JANE, openWorld } from '../../offboarding-world.ts';
import { EXAMPLE_VIEW } from '../presentation/text/example-view.ts';

const ANOTHER_NAME = 'LastPass knows this account under another name';

function viewOf(account: Partial<ApprovalView['account']>, displayName = 'Jane Doe'): ApprovalView {
  const { leaver } = EXAMPLE_VIEW;
  return { ...EXAMPLE_VIEW, account: { ...EXAMPLE_VIEW.account, ...account }, leaver: { ...leaver, displayName } };
}

describe('an address that was given to somebody new', () => {
  it('is noticed by the name, before anything else that is said about the account', () => {
    const [first] = warningsAbout(viewOf({ fullName: 'Omar Aziz', isAdmin: true }));
    expect(first?.lead).toContain(ANOTHER_NAME);
    expect(first?.items).toEqual(['LastPass: Omar Aziz', 'HR: Jane Doe']);
  });

  it.each([
    ['Doe, Jane', 'Jane Doe'],
    ['Jane Smith', 'Jane Doe'],
    ['Sinead OBrien', 'Sinéad O’Brien'],
    [undefined, 'Jane Doe'],
  ])('is not suspected of %s, whom HR calls %s', (fullName, displayName) => {
    const leads = warningsAbout(viewOf({ fullName }, displayName)).map(({ lead }) => lead);
    expect(leads.filter((lead) => lead.includes(ANOTHER_NAME))).toEqual([]);
  });

  it('is cautioned about on the page and in the mail, on a case from LastPass as it answers', async () => {
    const world = await openWorld();
    const event = terminationEvent({ employee: { displayName: 'Petra Newcomer' } });
    const { caseId } = await askedCase(world, event);

    expect((await caseIn(world, caseId, 'asked')).account.fullName).toBe('Jane Doe');
    for (const { text, html } of world.mailbox.sent)
      for (const part of [text, html]) expect(part).toContain(ANOTHER_NAME);
    expect(world.mailbox.sent.length).toBeGreaterThan(0);
  });
});

describe('the LastPass user', () => {
  const shownOf = (username: string | undefined) =>
    factSections(viewOf({ username }))
      .flatMap(({ facts }) => facts)
      .find(({ label }) => label === 'LastPass user')?.lines[0];

  it('is named where the address is another than HR’s, on the page and in the mail', () => {
    expect(shownOf('jd@example.com')).toBe('jd@example.com');
    const view = viewOf({ username: 'jd@example.com' });
    expect(composeApprovalMail({ ...view, link: 'https://approvals.example.com/x' }).text).toContain('jd@example.com');
  });

  it('is not repeated where it is the same', () => {
    expect(shownOf(JANE.toUpperCase())).toBeUndefined();
    expect(shownOf(undefined)).toBeUndefined();
  });
});
