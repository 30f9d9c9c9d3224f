import { SFNClient } from '@aws-sdk/client-sfn';
import type { CaseStore } from '../cases/case-store.ts';
import { createDepartures } from '../cases/departures.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createLeaverStore } from '../cases/dynamo-leaver-store.ts';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { createApprovalLinkStore } from '../cases/dynamo-side-stores.ts';
import { createTaskTokenStore } from '../cases/dynamo-task-tokens.ts';
import { createPauseStore, createReadBrake } from '../cases/pause-store.ts';
import { systemClock } from '../clock.ts';
import type { ContractName } from '../domain/effect.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { createPeople, type PeopleRules } from '../domain/people.ts';
import type { VotingRules } from '../domain/voting-rules.ts';
import { signalDecision } from './signal-decision.ts';

/** What everybody needs who sends links, in mail or in Slack, to compose what they lead to. */
export function linksFrom(
  environment: {
    readonly APPROVAL_BASE_URL: string;
    readonly LASTPASS_CONTRACT: ContractName;
    readonly VOTING_RULES: VotingRules;
    readonly HOLD_SECONDS: number;
    readonly PEOPLE_RULES: PeopleRules;
  },
  table: CaseTable,
) {
  const people = createPeople(environment.PEOPLE_RULES);
  return {
    people,
    departures: createDepartures({
      cases: new DynamoCaseStore({ ...table, now: systemClock }),
      leavers: createLeaverStore(table, people),
    }),
    links: createApprovalLinkStore(table),
    readBrake: createReadBrake(createPauseStore(table)),
    baseUrl: environment.APPROVAL_BASE_URL,
    contract: environment.LASTPASS_CONTRACT,
    rules: environment.VOTING_RULES,
    holdSeconds: environment.HOLD_SECONDS,
    now: systemClock,
  };
}

/** Tells the workflow that waits for a case that it was decided. */
export function signalFrom(table: CaseTable, cases: Pick<CaseStore, 'find' | 'replace'>) {
  const deps = { cases, taskTokens: createTaskTokenStore(table, systemClock), sfn: new SFNClient(), now: systemClock };
  return (decided: CaseIn<'decided'>) => signalDecision(deps, decided);
}
