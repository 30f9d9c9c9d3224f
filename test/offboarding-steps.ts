import { type AnswerApprovalDeps, answerApproval } from '../lambdas/approval/answer-approval.ts';
import { chaseApprovals } from '../lambdas/approval/chase-approvals.ts';
import { endSuperseded } from '../lambdas/approval/end-superseded.ts';
import { signalDecision } from '../lambdas/approval/signal-decision.ts';
import { type AnswerResumeDeps, answerResume } from '../lambdas/brake/answer-resume.ts';
import { chaseBrake } from '../lambdas/brake/chase-brake.ts';
import type { CaseStore } from '../lambdas/cases/case-store.ts';
import type { PauseStore } from '../lambdas/cases/pause-store.ts';
import { createDecisionNewsTeller } from '../lambdas/decision-news/decision-news-teller.ts';
import type { DirectoryReadings } from '../lambdas/domain/directory-reading.ts';
import type { CaseIn } from '../lambdas/domain/offboarding-case.ts';
import { isExecutionRunning } from '../lambdas/hr-intake/is-execution-running.ts';
import type { LastPassClient } from '../lambdas/lastpass/client.ts';
import { composeApprovalMail } from '../lambdas/presentation/mails/approval-mail.ts';
import { composeLateChangeMail } from '../lambdas/presentation/mails/late-change-mail.ts';
import { composeOutcomeMail } from '../lambdas/presentation/mails/outcome-mail.ts';
import { composeReminderMail } from '../lambdas/presentation/mails/reminder-mail.ts';
import { NO_SLACK } from '../lambdas/slack/slack-announcer.ts';
import { announceOutcome } from '../lambdas/steps/announce-outcome.ts';
import { confirmDecision } from '../lambdas/steps/confirm-decision.ts';
import { deleteAccount } from '../lambdas/steps/delete-account.ts';
import { disableAccount } from '../lambdas/steps/disable-account.ts';
import { gatherFacts } from '../lambdas/steps/gather-facts.ts';
import { notifyLateChange } from '../lambdas/steps/notify-late-change.ts';
import { openCase } from '../lambdas/steps/open-case.ts';
import { reinstateAccount } from '../lambdas/steps/reinstate-account.ts';
import { requestApproval } from '../lambdas/steps/request-approval.ts';
import { sealEvidence } from '../lambdas/steps/seal-evidence.ts';
import type { World } from './offboarding-world.ts';

export const APPROVAL_TIMEOUT_SECONDS = 7 * 86_400;
export const BASE_URL = 'https://approvals.example.com';

interface StepChanges {
  /** Stands before the real store, for instance to crash. */
  readonly cases?: CaseStore;
  /** Stands before the real store, for instance to be crossed. */
  readonly pauses?: PauseStore;
  /** Stands before the real client, for instance to crash. */
  readonly lastPass?: LastPassClient;
  /** Stands before the real readings, for instance to crash. */
  readonly readings?: DirectoryReadings;
  /** Gives LastPass no time to answer, for faults that never answer. */
  readonly isImpatient?: boolean;
  readonly sendPasswordReset?: boolean;
  readonly locations?: Readonly<Record<string, string>>;
  /** What reading the configuration document fails with. */
  readonly documentFault?: () => Error | undefined;
  readonly onSignalFault?: (error: unknown) => void;
  readonly onNewsFault?: (caseId: string, error: unknown) => void;
  readonly onBrakeFault?: (error: unknown) => void;
  readonly onChaseFault?: (caseId: string, error: unknown) => void;
}

/** What Request approval works with, for tests that put something of their own in the place of one part. */
export function requestApprovalDeps(world: World, cases: CaseStore = world.cases) {
  const { taskTokens, links, mailbox, contract, rules, holdSeconds, people, departures, leavers, sfn } = world;
  const { now } = world.clock;
  return {
    ...{ cases, taskTokens, links, mailer: mailbox, contract, rules, holdSeconds, people, departures, leavers, now },
    signal: (decided: CaseIn<'decided'>) => signalDecision({ cases, taskTokens, sfn, now }, decided),
    compose: composeApprovalMail,
    askInSlack: NO_SLACK.ask,
    configured: async () => configuredIn(world),
    approvalTimeoutSeconds: APPROVAL_TIMEOUT_SECONDS,
    baseUrl: BASE_URL,
  };
}

/** The world's approvers, as the configuration document holds them. */
export function configuredIn({ approvers, fallbackApprovers }: Pick<World, 'approvers' | 'fallbackApprovers'>) {
  return { approvers: approvers.map((approver) => ({ absences: [], ...approver })), fallbackApprovers };
}

/** Whatever a link is about, as the endpoint answers it. */
function answering(deps: AnswerApprovalDeps & AnswerResumeDeps): ReturnType<typeof answerApproval> {
  return async (request) => (await answerResume(deps)(request)) ?? answerApproval(deps)(request);
}

/** Every step and the approval endpoint, wired as the functions wire them, to one world. */
export function stepsOf(world: World, changes: StepChanges = {}) {
  const { taskTokens, links, codes, mailbox, evidence, contract, rules, holdSeconds, sfn } = world;
  const { parkedEvents, identities, people, departures, readBrake } = world;
  const { pauses = world.pauses } = changes;
  const { cases = world.cases, sendPasswordReset = false, onSignalFault = () => undefined } = changes;
  const lastPass = changes.lastPass ?? (changes.isImpatient ? world.impatientLastPass : world.lastPass);
  const { readings = world.readings } = changes;
  const { now } = world.clock;
  const signal = (decided: CaseIn<'decided'>) => signalDecision({ cases, taskTokens, sfn, now }, decided);
  const unlessFaulty = async <Told>(told: Told): Promise<Told> => {
    const fault = changes.documentFault?.();
    if (fault) throw fault;
    return told;
  };
  const asking = { ...requestApprovalDeps(world, cases), configured: () => unlessFaulty(configuredIn(world)) };
  const teller = createDecisionNewsTeller({
    ...{ cases, links, mailer: mailbox, people, departures, news: world.news, now, baseUrl: BASE_URL },
    operatorEmail: world.operatorEmail,
    tellInSlack: world.tellInSlack,
    onNews: () => undefined,
    onFault: changes.onNewsFault ?? (() => undefined),
  });
  const onFault = (what: string, error: unknown) => (what === 'signal' ? onSignalFault(error) : undefined);
  return {
    ...teller,
    openCase: openCase({
      cases,
      placeholders: world.cases,
      leavers: world.leavers,
      employees: world.employees,
      reportingSystems: world.reportingSystems,
      reinstatements: world.reinstatements,
      countLeaver: world.countLeaver,
      parkedEvents,
      locations: () => unlessFaulty(changes.locations ?? {}),
      isRunning: isExecutionRunning(sfn),
      now,
    }),
    disableAccount: disableAccount({
      ...{ cases, identities, parkedEvents, lastPass, readings, now },
      protectedAccounts: world.protectedAccounts,
    }),
    gatherFacts: gatherFacts({
      cases,
      lastPass,
      readings,
      isDirectoryManaged: 'unknown',
      noteDirectorySize: world.noteDirectorySize,
      reportingTimeZone: 'America/New_York',
      now,
    }),
    requestApproval: requestApproval(asking),
    answerApproval: answering({
      ...{ cases, links, codes, contract, rules, holdSeconds, people, departures, readBrake, signal, onFault, now },
      ...teller,
      pauses,
      mailer: mailbox,
      baseUrl: BASE_URL,
      tellInSlack: NO_SLACK.tellDecided,
      onMailFault: () => undefined,
    }),
    chaseBrake: chaseBrake({
      ...asking,
      pauses,
      operatorEmail: world.operatorEmail,
      onFault: changes.onBrakeFault ?? (() => undefined),
    }),
    chaseApprovals: chaseApprovals({
      ...asking,
      ...teller,
      signal,
      taskTokens,
      endSuperseded: (task) => endSuperseded({ cases, taskTokens, sfn }, task),
      composeReminder: (nth) => (view) => composeReminderMail({ ...view, nth, isEscalation: false }),
      composeEscalation: (view) => composeReminderMail({ ...view, nth: 0, isEscalation: true }),
      onFault: changes.onChaseFault ?? (() => undefined),
    }),
    confirmDecision: confirmDecision({ cases, contract, rules, people, departures, now }),
    deleteAccount: deleteAccount({ cases, lastPass, readings, contract, rules, people, departures, readBrake, now }),
    reinstateAccount: reinstateAccount({ cases, lastPass, readings, sendPasswordReset, now }),
    sealEvidence: sealEvidence({ cases, evidence, contract, now }),
    notifyLateChange: notifyLateChange({
      cases,
      mailer: mailbox,
      compose: ({ caseId, termination }, fault) =>
        composeLateChangeMail({ caseId, fault, leaver: termination, timeZone: termination.timeZone }),
      configured: asking.configured,
      people,
      now,
    }),
    announceOutcome: announceOutcome({
      cases,
      mailer: mailbox,
      compose: ({ termination, ...finished }) =>
        composeOutcomeMail({ ...finished, leaver: termination, timeZone: termination.timeZone }),
      tellInSlack: NO_SLACK.tellEnded,
      configured: asking.configured,
      people,
    }),
  };
}
