import { Duration } from 'aws-cdk-lib';
import type { ContractName } from '../../lambdas/domain/effect.ts';
import { type OffboardingConfig, parseOffboardingConfig } from '../../lib/config/offboarding-config.ts';
import { configuredHrSystems, LOCAL_LOCATIONS, type LocalHrSystem } from '../hr-systems/local-hr-systems.ts';

/** Long enough to be seen, short enough to wait for. On AWS the hold is at least a minute. */
const LOCAL_HOLD = Duration.seconds(3);

/** What may differ from one local run to the next, as JSON. */
export interface LocalChoices {
  readonly contract: ContractName;
  readonly lastPassUrl: string;
  readonly holdSeconds?: number | undefined;
  readonly approvalTimeoutSeconds?: number | undefined;
  /** HR systems beyond those that every run has. */
  readonly hrSystems?: readonly LocalHrSystem[] | undefined;
  /** Fields of cdk.json's `offboarding` that differ, such as approvers, slack or oidc. */
  readonly configured?: Readonly<Record<string, unknown>> | undefined;
}

/** The configuration of a run on one machine: two approvers in different roles, every kind of HR system, a short hold. */
export function localConfig(choices: LocalChoices): OffboardingConfig {
  const config = parseOffboardingConfig({
    fallbackApprovers: [{ email: 'fran.fallback@example.com', displayName: 'Fran Fallback', role: 'cio' }],
    approvers: [
      { email: 'sam.security@example.com', displayName: 'Sam Security', role: 'security' },
      { email: 'ines.it@example.com', displayName: 'Ines IT', role: 'it' },
    ],
    companyDomains: ['example.com'],
    mailSender: 'offboarding@example.com',
    hrSystems: configuredHrSystems(choices.hrSystems),
    locations: LOCAL_LOCATIONS,
    contract: choices.contract,
    lastPassUrl: choices.lastPassUrl,
    ...choices.configured,
  });
  const { holdSeconds, approvalTimeoutSeconds } = choices;
  return {
    ...config,
    hold: holdSeconds === undefined ? LOCAL_HOLD : Duration.seconds(holdSeconds),
    ...(approvalTimeoutSeconds !== undefined && { approvalTimeout: Duration.seconds(approvalTimeoutSeconds) }),
  };
}
