import { describe, expect, it } from 'vitest';
import { type EligibilityQuestion, whoMayDecide, whoMayDecideInstead } from '../../../lambdas/domain/eligibility.ts';
import { createPeople } from '../../../lambdas/domain/people.ts';

const person = (name: string, change: object = {}) => ({
  email: `${name}@example.com`,
  displayName: name,
  role: 'it',
  absences: [],
  ...change,
});
const away = { absences: [{ from: '2026-11-20T00:00:00Z', until: '2026-11-30T00:00:00Z' }] };
const deputy = (name: string) => ({ deputy: { email: `${name}@example.com`, displayName: name } });

function question(change: Partial<EligibilityQuestion>): EligibilityQuestion {
  return {
    configured: [person('sam'), person('ines')],
    fallback: [person('frank')],
    triggeredBy: [],
    leaver: ['jane.doe@example.com'],
    leaving: [],
    people: createPeople({ companyDomains: ['example.com'], dotlessDomains: [] }),
    now: new Date('2026-11-21T10:00:00Z'),
    ...change,
  };
}

function asked(change: Partial<EligibilityQuestion>): string[] {
  return whoMayDecide(question(change)).approvers.map(({ email }) => email.split('@')[0] ?? '');
}

describe('who may decide', () => {
  it('are the configured approvers and the leaver’s manager', () => {
    const { approvers } = whoMayDecide(question({ manager: { email: 'mark@example.com', displayName: 'Mark' } }));
    expect(approvers.map(({ email, role }) => `${email} ${role}`)).toEqual([
      'sam@example.com it',
      'ines@example.com it',
      'mark@example.com manager',
    ]);
  });

  it.each<[string, Partial<EligibilityQuestion>, string[]]>([
    ['the leaver', { leaver: ['sam@example.com'] }, ['ines']],
    ['the leaver under any address and spelling', { leaver: ['jane@old.example.com', ' SAM@Example.com'] }, ['ines']],
    ['the leaver as a manager', { manager: { email: 'jane.doe@example.com', displayName: 'Jane' } }, ['sam', 'ines']],
    ['whoever triggered the case', { triggeredBy: ['Ines@example.com'] }, ['sam']],
    [
      'a deputy of the leaver',
      { configured: [person('sam', deputy('ines')), person('ines')], leaver: ['sam@example.com'] },
      ['frank'],
    ],
    [
      'a deputy of whoever triggered the case',
      { configured: [person('sam', deputy('ines')), person('ines'), person('otto')], triggeredBy: ['sam@example.com'] },
      ['otto'],
    ],
    [
      'a deputy who would stand in for whoever triggered the case',
      { configured: [person('sam', { ...away, ...deputy('dora') }), person('ines')], triggeredBy: ['sam@example.com'] },
      ['ines'],
    ],
  ])('are never %s', (_who, change, expected) => {
    expect(asked(change)).toEqual(expected);
  });

  it('is the deputy, in the approver’s role, while the approver is absent', () => {
    const { approvers } = whoMayDecide(
      question({ configured: [person('sam', { ...away, ...deputy('dora'), role: 'security' })] }),
    );
    expect(approvers).toMatchObject([{ email: 'dora@example.com', displayName: 'dora', role: 'security' }]);
  });

  it('is the approver again once the absence is over', () => {
    const configured = [person('sam', { ...away, ...deputy('dora') })];
    expect(asked({ configured, now: new Date('2026-11-30T00:00:00Z') })).toEqual(['sam']);
  });

  it('are the fallback approvers when nobody else is left, under the same rules', () => {
    const nobodyLeft = { configured: [person('sam', away)], fallback: [person('frank'), person('jane.doe')] };
    expect(whoMayDecide(question(nobodyLeft))).toMatchObject({
      isFallback: true,
      approvers: [{ email: 'frank@example.com' }],
      excluded: [
        { email: 'sam@example.com', why: 'is absent and has no deputy' },
        { email: 'jane.doe@example.com', why: 'is the leaver' },
      ],
    });
    expect(whoMayDecideInstead(question(nobodyLeft))).toHaveLength(1);
  });

  it('is nobody rather than somebody who may not', () => {
    expect(asked({ configured: [person('jane.doe')], fallback: [person('jane.doe')] })).toEqual([]);
  });

  it('is asked once, however often they are configured', () => {
    expect(asked({ manager: { email: 'SAM@example.com', displayName: 'Sam' } })).toEqual(['sam', 'ines']);
  });
});
