import { createApproverLink, type SendLinkDeps } from '../approval/send-link.ts';
import type { CaseStore } from '../cases/case-store.ts';
import type { DecisionNewsStore, NewsRecord } from '../cases/decision-news-store.ts';
import { departureOf } from '../cases/departures.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import { type DecisionNews, isTrue } from '../domain/decision-news.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import { composeNewsMail } from '../presentation/mails/news-mail.ts';

export interface TellDecisionNewsDeps
  extends Pick<SendLinkDeps, 'links' | 'mailer' | 'baseUrl' | 'departures' | 'now'> {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly news: Pick<DecisionNewsStore, 'replace'>;
  readonly people: People;
  /** Where the operators read their mail, if they named an address for alarms. */
  readonly operatorEmail?: string | undefined;
  /** Answers whether everybody in Slack was told, also where Slack is not used. Never throws. */
  readonly tellInSlack: (news: DecisionNews) => Promise<boolean>;
  /** The first time that true news is told: for the operators' metrics. */
  readonly onNews: (kind: DecisionNews['kind']) => void;
  /** Somebody could not be told; they are tried again. */
  readonly onFault: (caseId: string, error: unknown) => void;
}

/** Nobody else tells the same news meanwhile; longer than any function may run. */
const LEASE_MS = 3 * 60_000;
/** Tried again every few minutes for as long as a shortest usual hold; then the outcome has been told in other ways. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** An intent whose case was not written by then never will be: the function that had it has ended. */
const NEVER_TRUE_AFTER_MS = 10 * 60_000;

const OPERATOR = 'the operators';
const SLACK = 'Slack';

/**
 * Tells everybody concerned what was decided, taken back or is about to be undone, each once.
 * Second run: who heard of it is on record and is not told again; two runs at once exclude each other, and only a crash
 * between a mail and its mark costs a second mail.
 * @returns whether anybody was told now
 */
export async function tellDecisionNews(deps: TellDecisionNewsDeps, record: NewsRecord): Promise<boolean> {
  const { news } = record;
  const now = deps.now().getTime();
  const current = await deps.cases.find(news.caseId);
  const truth = isTrue(news, current);
  const age = now - Date.parse(record.plannedAt);
  if (truth === 'no' || (truth === 'not yet' && age > NEVER_TRUE_AFTER_MS)) {
    await deps.news.replace(record, { status: 'news-over' });
    return false;
  }
  if (truth === 'not yet') return false;
  const leased = await deps.news.replace(record, { dueAt: new Date(now + LEASE_MS).toISOString() });
  if (!leased) return false;
  if (record.told.length + record.untold.length === 0) deps.onNews(news.kind);
  const { told, untold } = await tellAll(deps, { ...leased, news: asRecorded(news, current) });
  const isOver = untold.length === 0 || age > GIVEN_UP_AFTER_MS;
  await deps.news.replace(leased, {
    status: isOver ? 'news-over' : 'news-due',
    dueAt: deps.now().toISOString(),
    told: [...leased.told, ...told],
    untold,
  });
  return told.length > 0;
}

/** Of several who took a decision back in the same moment, the one who did is on record; the plan may be another's. */
function asRecorded(news: DecisionNews, current: OffboardingCase | undefined): DecisionNews {
  const takenBack = current?.takenBack?.find(({ decisionId }) => decisionId === news.decision.decisionId);
  return news.kind === 'taken-back' && takenBack ? { ...news, takenBack } : news;
}

async function tellAll(deps: TellDecisionNewsDeps, { news: planned, told }: NewsRecord) {
  const news = { ...planned, approvers: await approversToTell(deps, planned) };
  const everybody = [
    ...news.approvers.map((approver) => mailApprover(deps, news, approver)),
    ...othersToTell(deps, news),
  ];
  const missing = everybody.filter(({ name }) => !told.includes(name));
  const results = await Promise.allSettled(missing.map(({ tell }) => tell()));
  const isTold = (index: number) => results[index]?.status === 'fulfilled';
  for (const result of results) {
    if (result.status === 'rejected') deps.onFault(news.caseId, result.reason);
  }
  return {
    told: missing.filter((_, index) => isTold(index)).map(({ name }) => name),
    untold: missing.filter((_, index) => !isTold(index)).map(({ name }) => name),
  };
}

interface Listener {
  readonly name: string;
  readonly tell: () => Promise<void>;
}

/** Everybody who was asked, but never the leaver, nor whoever leaves since; of reinstating, whoever chose it knows. */
async function approversToTell(deps: TellDecisionNewsDeps, news: DecisionNews): Promise<DecidingApprover[]> {
  const { leaverAddresses, decision, approvers } = news;
  const knowing = news.kind === 'reinstating' ? decision.votes.map(({ approver }) => approver) : [];
  const excluded = [...leaverAddresses.map((email) => ({ email })), ...knowing];
  const toTell: DecidingApprover[] = [];
  for (const approver of approvers) {
    if (deps.people.isAnyOf(approver, excluded)) continue;
    if (await departureOf(deps.departures, approver)) continue;
    toTell.push(approver);
  }
  return toTell;
}

function mailApprover(deps: TellDecisionNewsDeps, news: DecisionNews, approver: DecidingApprover): Listener {
  return {
    name: approver.email,
    async tell() {
      const link = news.kind === 'held' ? await createApproverLink(deps, news, approver) : undefined;
      const mail = composeNewsMail(news, { timeZone: approver.timeZone ?? news.timeZone, link, isOperator: false });
      await deps.mailer.send({ to: approver.email, ...mail });
    },
  };
}

function othersToTell(deps: TellDecisionNewsDeps, news: DecisionNews): Listener[] {
  if (news.kind === 'reinstating') return [];
  const { operatorEmail: to, mailer } = deps;
  const isLeaver =
    to !== undefined &&
    deps.people.isAnyOf(
      { email: to },
      news.leaverAddresses.map((email) => ({ email })),
    );
  const mailOperator = async (address: string) =>
    mailer.send({ to: address, ...composeNewsMail(news, { timeZone: news.timeZone, isOperator: true }) });
  return [
    ...(to === undefined || isLeaver ? [] : [{ name: OPERATOR, tell: () => mailOperator(to) }]),
    {
      name: SLACK,
      async tell() {
        if (!(await deps.tellInSlack(news))) throw new TypeError('not everybody in Slack was told');
      },
    },
  ];
}
