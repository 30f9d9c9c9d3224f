import { describe, expect, it } from 'vitest';
import { effectOf, effectsUnder } from '../../../../lambdas/domain/effect.ts';
import { renderApprovalPage } from '../../../../lambdas/presentation/pages/approval-page.ts';
import { renderDisagreedPage } from '../../../../lambdas/presentation/pages/disagreed-page.ts';
import { renderProposedPage } from '../../../../lambdas/presentation/pages/proposed-page.ts';
import {
  formatApprovals,
  formatConsequences,
  type ProposedView,
  resolveIntent,
} from '../../../../lambdas/presentation/text/format-approvals.ts';
import { EXAMPLE_VIEW, PROPOSED_VIEW, PROPOSER_VIEW } from './example-view.ts';

const COLLEAGUE_VIEW: ProposedView = {
  ...PROPOSED_VIEW,
  approver: { displayName: 'Kit Roe', email: 'kit.roe@example.com', role: ' hr' },
};
const destroy = effectOf('lastpass', '2');
const keep = effectOf('lastpass', '0');

describe('an effect that needs two approvals', () => {
  it('says so at the choice, and who can give the second', () => {
    expect(formatApprovals(destroy, EXAMPLE_VIEW)).toBe(
      'A second approver in another role must choose the same. Who can: Sam Lee, HR.',
    );
    expect(renderApprovalPage(EXAMPLE_VIEW)).toContain('Who can: Sam Lee, HR.');
  });

  it('says when nobody who was asked could give the second', () => {
    const others = [{ displayName: 'Kit Roe', role: 'it SECURITY ' }];
    expect(formatApprovals(destroy, { ...EXAMPLE_VIEW, others })).toContain(
      'Nobody else who was asked has another role',
    );
  });

  it('is asked for exactly where the contract’s effect cannot be undone', () => {
    const needing = (contract: 'lastpass' | 'guide') =>
      effectsUnder(contract)
        .filter((effect) => formatApprovals(effect, EXAMPLE_VIEW)?.startsWith('A second approver'))
        .map(({ choice }) => choice);
    expect(needing('lastpass')).toEqual(['1', '2']);
    expect(needing('guide')).toEqual(['0', '1', '2']);
  });
});

describe('once the first of two approvals is on record', () => {
  it('the page shows first who chose what, why and when', () => {
    const page = renderApprovalPage(PROPOSED_VIEW);
    const panel = page.slice(page.indexOf('class="proposal"'), page.indexOf('class="note'));
    for (const words of [
      'yours can be the second',
      'Sam Lee, HR',
      'Delete the account and its vault',
      'Shared account of a closed branch.',
      'Fri, 13 March 2026, 09:10:00 Europe/Berlin (UTC+01:00)',
      'Fri, 13 March 2026, 08:10:00 UTC',
    ]) {
      expect(panel).toContain(words);
    }
    expect(renderApprovalPage(EXAMPLE_VIEW)).not.toContain('class="proposal"');
  });

  it.each([
    ['somebody in another role', PROPOSED_VIEW, 'other role', /too makes it the decision/, /decides nothing/],
    ['somebody in the same role', COLLEAGUE_VIEW, 'same role', /too does not count.*Sam Lee, HR/, /decides nothing/],
    ['who gave it', PROPOSER_VIEW, 'proposer', /until then nothing is decided/, /that replaces your choice/],
  ] as const)('%s is told what their own choice would do', (_who, view, standing, same, otherwise) => {
    expect(resolveIntent(view)).toBe(standing);
    const [first, second] = formatConsequences(view);
    expect(first).toMatch(same);
    expect(second).toMatch(otherwise);
  });

  it.each([
    ['another role', PROPOSED_VIEW, /Yours would be the second approval/, /^Decides nothing/],
    ['the same role', COLLEAGUE_VIEW, /must come from another role/, /^Decides nothing/],
    ['the first approver', PROPOSER_VIEW, /Who can: Alex Kim, IT security/, /^Replaces your first approval/],
  ] as const)('each choice says what it would do, to %s', (_who, view, same, otherwise) => {
    expect(formatApprovals(destroy, view)).toMatch(same);
    expect(formatApprovals(keep, view)).toMatch(otherwise);
  });

  it('promises no way back where there is no hold', () => {
    expect(formatConsequences(PROPOSED_VIEW).join()).toContain('can be taken back');
    expect(formatConsequences({ ...PROPOSED_VIEW, holdSeconds: 0 }).join()).not.toContain('taken back');
  });
});

describe('whoever gave the first approval', () => {
  it('learns that nothing is decided yet, what comes next, and from whom', () => {
    const page = renderProposedPage(PROPOSER_VIEW);
    for (const words of [
      'You chose: Delete the account and its vault',
      'Nothing is decided yet.',
      'Alex Kim, IT security',
      'before Thu, 19 March 2026, 17:00:14',
      'silence never deletes',
    ]) {
      expect(page).toContain(words);
    }
  });

  it('is warned when nobody can give the second', () => {
    const page = renderProposedPage({ ...PROPOSER_VIEW, others: [{ displayName: 'Kit Roe', role: 'hr' }] });
    expect(page).toContain('Nobody else who was asked has another role than yours.');
    expect(page).not.toContain('Who can give the second approval');
  });

  it('must exist: a page about it is not made without one', () => {
    expect(() => renderProposedPage(EXAMPLE_VIEW)).toThrow(TypeError);
  });
});

describe('a disagreement', () => {
  it('decides nothing, says so, and how to go on', () => {
    const page = renderDisagreedPage(EXAMPLE_VIEW);
    for (const words of ['Nothing is decided.', 'any choice starts afresh', 'Open the question again']) {
      expect(page).toContain(words);
    }
    expect(page).not.toMatch(/<form|<button/);
  });
});

describe('times', () => {
  const inTokyo = { ...EXAMPLE_VIEW, approver: { ...EXAMPLE_VIEW.approver, timeZone: 'Asia/Tokyo' } };

  it('are told in the approver’s own zone with its offset, and in UTC', () => {
    const page = renderApprovalPage(inTokyo);
    expect(page).toContain(
      '<bdi>Fri, 13 March 2026, 01:00:14 Asia/Tokyo (UTC+09:00)</bdi><bdi>Thu, 12 March 2026, 16:00:14 UTC',
    );
    expect(page).toContain('If nobody decides before Fri, 20 March 2026, 01:00:14 Asia/Tokyo');
  });

  it('keep the leaver’s clock only for the last working moment, which HR meant by it', () => {
    const page = renderApprovalPage(inTokyo);
    expect(page.match(/Europe\/Berlin/g)).toHaveLength(1);
    expect(page).toMatch(
      /Last working moment<\/dt><dd><bdi>[^<]*Asia\/Tokyo[^<]*<\/bdi><bdi>[^<]*17:00:00 Europe\/Berlin/,
    );
  });
});
