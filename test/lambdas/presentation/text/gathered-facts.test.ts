import { describe, expect, it } from 'vitest';
import type { ApprovalFacts } from '../../../../lambdas/domain/approval-facts.ts';
import { renderApprovalPage } from '../../../../lambdas/presentation/pages/approval-page.ts';
import type { ApprovalView } from '../../../../lambdas/presentation/text/approval-view.ts';
import { warningsAbout } from '../../../../lambdas/presentation/text/cautions.ts';
import { gatheredFacts } from '../../../../lambdas/presentation/text/gathered-facts.ts';
import { EXAMPLE_VIEW, GRAVE_FACTS } from './example-view.ts';

const quiet: ApprovalFacts = { gatheredAt: '2026-03-12T16:00:20Z', isDirectoryManaged: 'no', missing: [] };
const viewWith = (facts: ApprovalFacts | undefined): ApprovalView => ({ ...EXAMPLE_VIEW, facts });
const leadsAbout = (facts: ApprovalFacts | undefined) => warningsAbout(viewWith(facts)).map(({ lead }) => lead);
const linesOf = (label: string, facts: ApprovalFacts | undefined) =>
  gatheredFacts(facts, 'Europe/Berlin').find((fact) => fact.label === label)?.lines;
const folders = (count: number, isOnlyAdministrator: boolean) =>
  Array.from({ length: count }, (_, index) => ({ name: `Folder ${index}`, isOnlyAdministrator }));

describe('what else is known', () => {
  it('names the shared folders, first those that nobody else administers', () => {
    const sharedFolders = [...folders(1, false), { name: 'Payroll', isOnlyAdministrator: true }];
    expect(linesOf('Shared folders', { ...quiet, sharedFolders })).toEqual([
      '2 folders, of which the leaver alone administers 1:',
      'Nobody else administers: Payroll',
      'Folder 0',
    ]);
  });

  it('counts the folders that it leaves out', () => {
    const lines = linesOf('Shared folders', { ...quiet, sharedFolders: folders(23, false) });
    expect(lines?.at(0)).toBe('23 folders, each with somebody else who administers it:');
    expect(lines?.at(-1)).toBe('and 3 more');
  });

  it('shows the newest activity, and says whose times these are', () => {
    expect(linesOf('Activity after the last working moment', GRAVE_FACTS)).toEqual([
      '2026-03-12 12:04:10 Log in',
      '2026-03-12 12:03:55 Log in',
      '2026-03-12 12:03:12 Log in',
      '2026-03-12 12:02:01 Log in',
      '2026-03-12 12:01:30 Log in',
      'and 1 earlier',
      'LastPass tells these times in its own reporting zone.',
    ]);
  });

  it('tells none from not known', () => {
    const none = { ...quiet, sharedFolders: [], activity: [] };
    for (const label of ['Shared folders', 'Activity after the last working moment']) {
      expect(linesOf(label, none)).toEqual(['None']);
      expect(linesOf(label, quiet)).toEqual(['Not known, because LastPass did not answer.']);
      expect(linesOf(label, undefined)).toEqual(['Not known, because LastPass did not answer.']);
    }
  });

  it.each([
    ['yes', /^Yes/],
    ['no', /^No, as/],
    ['unknown', /^Not known.*strongly advises against deleting/],
  ] as const)('says of a directory: %s', (isDirectoryManaged, words) => {
    expect(linesOf('Managed by a directory', { ...quiet, isDirectoryManaged })?.join()).toMatch(words);
  });

  it('is on the page, whatever is known', () => {
    for (const facts of [GRAVE_FACTS, quiet, undefined]) {
      expect(renderApprovalPage(viewWith(facts))).toContain('<h2>What else is known</h2>');
    }
  });
});

describe('a warning', () => {
  it('is not given when nothing stands out', () => {
    expect(leadsAbout({ ...quiet, sharedFolders: folders(2, false), activity: [] })).toEqual([]);
  });

  it('is given for each thing that does, and for what is missing', () => {
    expect(leadsAbout(GRAVE_FACTS)).toEqual([
      '2 shared folders have no other enabled administrator than the leaver.',
      'LastPass recorded activity of this account after the last working moment.',
      'A directory manages this user.',
      'Not everything is known, because LastPass did not answer.',
    ]);
  });

  it('names the folders, the newest activity and what is missing', () => {
    expect(warningsAbout(viewWith(GRAVE_FACTS)).flatMap(({ items = [] }) => items)).toEqual([
      'Payroll',
      'Bank & taxes',
      '2026-03-12 12:04:10 Log in',
      '2026-03-12 12:03:55 Log in',
      '2026-03-12 12:03:12 Log in',
      'Not known: which sites were pushed',
    ]);
  });

  it('is given when nothing could be gathered', () => {
    expect(leadsAbout(undefined)).toEqual(['Shared folders and activity are not known.']);
  });
});

describe('a choice that cannot be undone', () => {
  it('asks for each folder that nobody else administers, by its name, and for no other', () => {
    const page = renderApprovalPage(viewWith(GRAVE_FACTS));
    const asked = [...page.matchAll(/name="acknowledged" value="([^"]*)"/g)].map(([, value]) => value);
    expect(asked).toEqual(['Payroll', 'Bank &amp; taxes']);
    expect(page).toContain('<bdi>Payroll</bdi> will have nobody who administers it');
  });

  it('asks for the word about the vault even where no folder is concerned', () => {
    const page = renderApprovalPage(viewWith(quiet));
    expect(page).toContain('name="attests" value="yes"');
    expect(page).not.toContain('name="acknowledged"');
  });
});
