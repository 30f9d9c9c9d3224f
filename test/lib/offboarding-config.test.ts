import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import {
  OffboardingConfigError,
  parseOffboardingConfig,
  readOffboardingConfig,
} from '../../lib/config/offboarding-config.ts';
import { votingRules } from '../../lib/config/voting-rules.ts';
import { GENERIC_SYSTEMS } from '../lambdas/hr-sources/vendors/generic-systems.ts';
import { shippedConfig } from './synthesized.ts';

const approver = { email: 'jane.doe@example.com', displayName: 'Jane Doe', role: 'Security' };
const smallest = { approvers: [approver], mailSender: 'offboarding@example.com' };

const oidc = { issuer: 'https://login.example.com', clientId: 'offboarding' };

const manySources = (count: number) => Array.from({ length: count }, (_, n) => `com.example.hr-system-${n}`);

/** The lines of the error, one for each wrong field. */
function faultsOf(change: Record<string, unknown>): string[] {
  try {
    parseOffboardingConfig({ ...smallest, ...change });
  } catch (error) {
    if (error instanceof OffboardingConfigError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

const [generic] = GENERIC_SYSTEMS;
const hrSystem = (change: Record<string, unknown>) => ({ hrSystems: [{ ...generic, ...change }] });

describe('the configuration', () => {
  it('that comes with the repository is valid', () => {
    expect(() => parseOffboardingConfig(shippedConfig)).not.toThrow();
  });

  it('needs approvers and a sender; everything else has a safe default', () => {
    const { approvalTimeout, hold, evidenceRetention, ...rest } = parseOffboardingConfig(smallest);
    expect([approvalTimeout.toDays(), hold.toHours(), evidenceRetention.toDays()]).toEqual([7, 24, 2562]);
    expect(rest).toEqual({
      ...smallest,
      contract: 'lastpass',
      lastPassUrl: 'https://lastpass.com/enterpriseapi.php',
      sendPasswordReset: false,
      approvers: [{ ...approver, absences: [] }],
      fallbackApprovers: [],
      companyDomains: [],
      dotlessDomains: [],
      locations: {},
      protectedAccounts: [],
      directoryManaged: 'unknown',
      reportingTimeZone: 'America/New_York',
      hrSources: ['com.example.hr'],
      watchedSources: [{ system: 'com.example.hr', silentAfterDays: 90 }],
      reportingSystems: [{ source: 'com.example.hr' }],
      cancellationsPerHour: 5,
      brake: {},
      hrSystems: [],
      oneApproverWithSignIn: [],
      reinstateWithoutCode: false,
      evidenceMode: 'COMPLIANCE',
      logRetentionDays: 365,
      extraCommands: [],
    });
  });

  it.each([
    ['lastpass', '2', 'destroys the vault, which always takes two approvers in different roles: take it out'],
    ['guide', '1', 'destroys the vault, which always takes two approvers in different roles: take it out'],
    ['guide', '2', 'destroys the vault, which always takes two approvers in different roles: take it out'],
    ['lastpass', '0', 'can be undone, so one approver is enough anyway: take it out'],
  ] as const)('leaves nothing to one approver that does not keep the vault (%s, %s)', (contract, choice, why) => {
    const [fault] = faultsOf({ contract, oidc, oneApproverWithSignIn: [choice] });
    expect(fault).toContain(`offboarding.oneApproverWithSignIn.0: "${choice}" under the contract "${contract}"`);
    expect(fault).toContain(why);
  });

  it.each([
    ['lastpass', '1'],
    ['guide', '0'],
  ] as const)(
    'may leave what keeps the vault to one approver, but only where there is a sign-in (%s, %s)',
    (contract, choice) => {
      const lowered = { ...smallest, contract, oneApproverWithSignIn: [choice] };
      expect(faultsOf(lowered)[0]).toContain('needs a sign-in, and "oidc" is not configured: configure it');
      const config = parseOffboardingConfig({ ...lowered, oidc });
      expect(votingRules(config)).toEqual({
        oneApproverWithSignIn: [choice],
        reinstateWithoutCode: false,
        confirmedBy: ['sign-in'],
      });
    },
  );

  it('lets a mailed code count beside a sign-in only where that is written', () => {
    const confirmedBy = (configured: object) =>
      votingRules(parseOffboardingConfig({ ...smallest, ...configured })).confirmedBy;
    expect(confirmedBy({})).toEqual(['code']);
    expect(confirmedBy({ oidc })).toEqual(['sign-in']);
    expect(confirmedBy({ oidc: { ...oidc, mailedCodeToo: true } })).toEqual(['sign-in', 'code']);
  });

  it('is missing: the error says where it belongs', () => {
    expect(() => readOffboardingConfig(new App().node)).toThrow(/cdk\.json, context "offboarding":\n- offboarding: /);
  });

  it('names every wrong field at once, with what to write instead', () => {
    const faults = faultsOf({
      approvers: [{ ...approver, email: 'jane.doe' }, { email: 'sam.smith@example.com' }],
      approvalTimeout: 'a week',
      contract: 'stitch',
      mailSender: undefined,
      logRetentionDays: 100,
    });
    expect(faults.map((line) => line.split(': ')[0])).toEqual([
      '- offboarding.approvers.0.email',
      '- offboarding.approvers.1.displayName',
      '- offboarding.approvers.1.role',
      '- offboarding.approvalTimeout',
      '- offboarding.contract',
      '- offboarding.mailSender',
      '- offboarding.logRetentionDays',
    ]);
    for (const line of faults) expect(line).toMatch(/; write \S/);
  });

  it('sends no password reset mails to users whom a directory manages: LastPass refuses them', () => {
    const faults = faultsOf({ sendPasswordReset: true, directoryManaged: 'yes' });

    expect(faults).toEqual([expect.stringMatching(/^- offboarding\.sendPasswordReset: .*directory.*; write false/)]);
    for (const directoryManaged of ['no', 'unknown'])
      expect(faultsOf({ sendPasswordReset: true, directoryManaged })).toEqual([]);
    expect(faultsOf({ sendPasswordReset: false, directoryManaged: 'yes' })).toEqual([]);
  });

  it('is wrong: the error repeats no value', () => {
    const [fault] = faultsOf({ approvers: [{ ...approver, email: 'jane.doe at example.com' }] });
    expect(fault).toContain('approvers.0.email');
    expect(fault).not.toContain('jane.doe');
  });

  it.each([
    ['a misspelt field', { aprovalTimeout: 'P7D' }, /offboarding: Unrecognized key: "aprovalTimeout"; write only/],
    ['a misspelt field of an approver', { approvers: [{ ...approver, rol: 'x' }] }, /approvers\.0: .*"rol"/],
    ['nobody who could approve', { approvers: [] }, /approvers: /],
    [
      'the same approver twice, in another spelling',
      { approvers: [approver, { ...approver, email: 'Jane.Doe@example.com' }] },
      /approvers\.1: names a person twice/,
    ],
    [
      'the same approver twice, under a tag',
      { approvers: [approver, { ...approver, email: 'jane.doe+it@example.com' }] },
      /approvers\.1: names a person twice/,
    ],
    [
      'two approvers with one Slack user id',
      {
        approvers: [
          { ...approver, slackUserId: 'U0JANE' },
          { ...approver, email: 'sam@example.com', slackUserId: 'U0JANE' },
        ],
      },
      /approvers\.1: names a person twice/,
    ],
    [
      'an approver who is their own deputy',
      { approvers: [{ ...approver, deputy: { email: 'jane.doe+away@example.com', displayName: 'Jane' } }] },
      /approvers\.0\.deputy: is the approver’s own person/,
    ],
    [
      'one person under two addresses',
      { approvers: [approver], fallbackApprovers: [{ ...approver, email: 'jane.doe+fallback@example.com' }] },
      /approvers: names a person under two addresses/,
    ],
    [
      'an approver in the role of whom HR names',
      { approvers: [{ ...approver, role: 'Manager' }] },
      /approvers\.0\.role: is the role of whom HR names/,
    ],
    ['a domain with an @', { companyDomains: ['@example.com'] }, /companyDomains\.0: is not a domain/],
    [
      'more domains than fit into a function',
      { companyDomains: Array.from({ length: 20 }, (_, n) => `example-${n}.com`) },
      /companyDomains: is too long/,
    ],
    [
      'more approvers than a case can hold',
      { approvers: Array.from({ length: 101 }, (_, n) => ({ ...approver, email: `approver-${n}@example.com` })) },
      /approvers: Too big: expected array to have <=100 items/,
    ],
    [
      'an approver in a time zone that does not exist',
      { approvers: [{ ...approver, timeZone: 'Europe/Bern' }] },
      /approvers\.0\.timeZone: is not an IANA time zone/,
    ],
    [
      'an approver with something else than a Slack user id',
      { approvers: [{ ...approver, slackUserId: '@jane' }] },
      /approvers\.0\.slackUserId: is not a Slack user id/,
    ],
    [
      'a misspelt field of a deputy',
      { approvers: [{ ...approver, deputy: { email: 'sam@example.com', displayName: 'Sam', slackUser: 'U1' } }] },
      /approvers\.0\.deputy: .*"slackUser"/,
    ],
    [
      'an absence without an offset',
      { approvers: [{ ...approver, absences: [{ from: '2026-12-01T08:00', until: '2026-12-24T08:00:00Z' }] }] },
      /approvers\.0\.absences\.0\.from: Invalid ISO datetime/,
    ],
    [
      'more fallback approvers than a case can hold',
      { fallbackApprovers: Array.from({ length: 101 }, (_, n) => ({ ...approver, email: `f-${n}@example.com` })) },
      /fallbackApprovers: Too big: expected array to have <=100 items/,
    ],
    [
      'a protected account by its name',
      { protectedAccounts: ['root'] },
      /protectedAccounts\.0: .*write addresses of LastPass accounts that only a person may disable/,
    ],
    [
      'more protected accounts than fit into a function',
      { protectedAccounts: Array.from({ length: 60 }, (_, n) => `break-glass-${n}@example.com`) },
      /protectedAccounts: is too long/,
    ],
    ['a guess about the directory', { directoryManaged: 'maybe' }, /directoryManaged: .*write "yes" if Okta/],
    [
      'a reporting zone that does not exist',
      { reportingTimeZone: 'US' },
      /reportingTimeZone: is not an IANA time zone/,
    ],
    [
      'a Slack channel by its name',
      { slack: { channel: '#offboarding' } },
      /slack\.channel: is not a Slack channel id/,
    ],
    ['a Slack token in the configuration', { slack: { botToken: 'xoxb-1' } }, /slack: Unrecognized key: "botToken"/],
    ['a provider over plain HTTP', { oidc: { ...oidc, issuer: 'http://login.example.com' } }, /oidc\.issuer: must be/],
    ['a provider without a client', { oidc: { issuer: oidc.issuer } }, /oidc\.clientId: .*write \{"issuer"/],
    ['a client secret in the configuration', { oidc: { ...oidc, clientSecret: 'x' } }, /oidc: .*"clientSecret"/],
    [
      'an ARN without its random end, which names no secret in a policy',
      { oidc: { ...oidc, clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:oidc' } },
      /oidc\.clientSecretArn: is not the whole ARN/,
    ],
    ['no hold before irreversible effects', { hold: 'PT0S' }, /hold: must be between PT1M and P30D/],
    ['a hold in words', { hold: '24 hours' }, /hold: is not an ISO 8601 duration/],
    ['an approval that never ends', { approvalTimeout: 'P31D' }, /approvalTimeout: must be between PT5M and P30D/],
    ['a retention in months', { evidenceRetention: 'P18M' }, /evidenceRetention: is not an ISO 8601 duration/],
    ['no retention', { evidenceRetention: 'P0D' }, /evidenceRetention: is not an ISO 8601 duration/],
    ['LastPass over plain HTTP', { lastPassUrl: 'http://lastpass.com/enterpriseapi.php' }, /lastPassUrl: would send/],
    ['an address that is none', { lastPassUrl: 'lastpass.com' }, /lastPassUrl: Invalid URL/],
    ['an AWS service as HR', { hrSources: ['aws.health'] }, /hrSources\.0: is not reverse DNS/],
    ['no HR at all', { hrSources: [] }, /hrSources: /],
    ['a source twice', { hrSources: ['com.example.hr', { source: 'com.example.hr' }] }, /hrSources: names a source/],
    [
      'an AWS service as HR, with its silence',
      { hrSources: [{ source: 'aws.health', silentAfterDays: 3 }] },
      /hrSources\.0\.source: is not reverse DNS/,
    ],
    ['no silence at all', { hrSources: [{ source: 'com.example.hr', silentAfterDays: 0 }] }, /silentAfterDays: /],
    [
      'more sources than fit into a function',
      { hrSources: manySources(120) },
      /hrSources: has names that are too long for a function/,
    ],
    ['an HR system of an unknown kind', hrSystem({ kind: 'abacus' }), /hrSystems\.0\.kind: is not one of .*generic/],
    ['an HR system without a name', hrSystem({ name: undefined }), /hrSystems\.0\.name: .*write \{"name", "kind"/],
    ['an HR system with a name that is no address', hrSystem({ name: 'Our HR' }), /hrSystems\.0\.name: is not lower/],
    ['a name of more than 30 letters', hrSystem({ name: 'h'.repeat(31) }), /hrSystems\.0\.name: is longer than 30/],
    ['an HR system that is silent for good', hrSystem({ silentAfterDays: 366 }), /hrSystems\.0\.silentAfterDays: /],
    ['a misspelt field of an HR system', hrSystem({ silentAfter: 3 }), /hrSystems\.0: .*"silentAfter"/],
    [
      'settings that the kind does not understand',
      hrSystem({ settings: { ...generic?.settings, each: 'events[' } }),
      /hrSystems\.0\.settings\.each: is not a JMESPath expression/,
    ],
    ['a key in the settings', hrSystem({ settings: { ...generic?.settings, key: 'x' } }), /settings: .*"key"/],
    [
      'the same HR system twice, but for a hyphen',
      {
        hrSystems: [
          { ...generic, name: 'hr-1' },
          { ...generic, name: 'hr1' },
        ],
      },
      /hrSystems: names a system twice/,
    ],
    [
      'more HR systems than a function can be told the secrets of',
      {
        hrSystems: Array.from({ length: 31 }, (_, n) => ({
          ...generic,
          name: `a-name-as-long-as-it-may-be-${10 + n}`,
        })),
      },
      /hrSystems: are more than a function can be told the secrets of/,
    ],
    [
      'a place in a zone that does not exist',
      { locations: { Atlantis: 'Sea/Atlantis' } },
      /locations\.Atlantis: is not an IANA/,
    ],
  ])('refuses %s', (_what, change, message) => {
    expect(faultsOf(change)).toEqual([expect.stringMatching(message)]);
  });

  it('takes Slack, a sign-in, deputies and absences', () => {
    const absences = [{ from: '2026-12-01T08:00:00+01:00', until: '2026-12-24T08:00:00+01:00' }];
    const deputy = { email: 'sam.smith@example.com', displayName: 'Sam Smith' };
    const full = { ...approver, timeZone: 'Europe/Berlin', slackUserId: 'U024BE7LH', deputy, absences };
    expect(faultsOf({ approvers: [full], fallbackApprovers: [full], slack: {}, oidc })).toEqual([]);
  });

  it('takes HR systems, and counts thirty days of silence as too many', () => {
    const { hrSystems } = parseOffboardingConfig({ ...smallest, hrSystems: GENERIC_SYSTEMS });
    expect(hrSystems).toEqual(GENERIC_SYSTEMS.map((system) => ({ ...system, silentAfterDays: 30 })));
  });

  it('knows who must not fall silent: every source, each with its own patience', () => {
    const hrSources = ['com.example.hr', { source: 'com.example.payroll', silentAfterDays: 360 }];
    const config = parseOffboardingConfig({ ...smallest, hrSources, hrSystems: GENERIC_SYSTEMS });
    expect(config.hrSources).toEqual(['com.example.hr', 'com.example.payroll']);
    expect(config.watchedSources).toEqual([
      { system: 'com.example.hr', silentAfterDays: 90 },
      { system: 'com.example.payroll', silentAfterDays: 360 },
      ...GENERIC_SYSTEMS.map(({ name }) => ({ system: name, silentAfterDays: 30 })),
    ]);
  });

  it('takes a LastPass on this machine over plain HTTP', () => {
    expect(faultsOf({ lastPassUrl: 'http://127.0.0.1:4700/enterpriseapi.php' })).toEqual([]);
  });

  it.each(['pushsites', 'pushsitestousers'])('refuses the command %s, and says what became of it', (command) => {
    expect(faultsOf({ extraCommands: ['reinviteuser', command] })).toEqual([
      expect.stringMatching(/extraCommands\.1: .*LastPass removed pushing password apps/),
    ]);
  });

  it('lets no HR source be one that operators or our own functions speak under', () => {
    const faults = faultsOf({ hrSources: ['lastpass-offboarding.operator'] });
    expect(faults).toEqual([expect.stringContaining('is one of our own sources')]);
  });

  it('lets a source speak only for systems that are configured', () => {
    const above = { source: 'com.example.hr', speaksFor: ['com.example.payroll'] };
    expect(faultsOf({ hrSources: [above] })).toEqual([
      expect.stringContaining('names none of hrSources and hrSystems'),
    ]);
    expect(faultsOf({ hrSources: [above, 'com.example.payroll'] })).toEqual([]);
  });
});
