import { createApproverLink, type SendLinkDeps } from '../approval/send-link.ts';
import { departureOf, leavingAmong } from '../cases/departures.ts';
import type { PauseStore } from '../cases/pause-store.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import { type Pause, standing } from '../domain/brake/pause.ts';
import { isOpen, RESUME_LINK } from '../domain/brake/resume-request.ts';
import { everybodyIn, whoMayDecide } from '../domain/eligibility.ts';
import type { Mail } from '../mail/mailer.ts';
import { composePausedMail, composeResumedMail, composeResumeMail } from '../presentation/mails/brake-mails.ts';
import { buildResumeView } from '../presentation/text/resume-view.ts';
import { firstConfirmation, type RequestedPause } from './record-confirmation.ts';
import { rolesOf, type WhoMayResumeDeps, whoMayResume } from './who-may-resume.ts';

interface ChaseBrakeDeps extends WhoMayResumeDeps, Pick<SendLinkDeps, 'links' | 'mailer' | 'baseUrl'> {
  readonly pauses: Pick<PauseStore, 'recent' | 'replace'>;
  /** Where the operators read their mail, if they named an address for alarms. */
  readonly operatorEmail?: string | undefined;
  /** Somebody could not be told; they are tried again. */
  readonly onFault: (error: unknown) => void;
}

interface ChasedBrake {
  readonly isPaused: boolean;
  /** Somebody asks to resume, and there are no two roles left that could confirm it. */
  readonly isNobodyLeft: boolean;
  /** Mails that were sent now. */
  readonly told: number;
}

/** After a day whoever could not be mailed has been told by alarms, by the page, or by somebody. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

/**
 * Tells approvers and operators, each once, that deletes are paused and that they resumed, and sends those who may confirm
 * it a link of their own once an operator asks. Runs with the chase of silent approvers.
 * Second run: who was told is on record. A crash between a mail and its mark costs a second mail.
 */
export function chaseBrake(deps: ChaseBrakeDeps) {
  return async (): Promise<ChasedBrake> => {
    // Two, because a pause may follow one that has just ended, of which somebody has yet to hear.
    const recent = await deps.pauses.recent(2);
    const isPaused = standing(recent[0]) !== undefined;
    try {
      return { isPaused, ...(await tellAndAsk(deps, recent)) };
    } catch (error) {
      // That it is paused must ring all the same.
      deps.onFault(error);
      return { isPaused, ...NOT_ASKED };
    }
  };
}

async function tellAndAsk(deps: ChaseBrakeDeps, recent: readonly Pause[]): Promise<typeof NOT_ASKED> {
  let told = 0;
  for (const pause of recent) told += pause.resumed ? await tellEnd(deps, pause) : await tellBeginning(deps, pause);
  // Who was told is on record by now, so it is read once more.
  const [latest] = await deps.pauses.recent(1);
  const asked = latest && !latest.resumed ? await askApprovers(deps, latest) : NOT_ASKED;
  return { ...asked, told: told + asked.told };
}

const NOT_ASKED = { told: 0, isNobodyLeft: false };

async function tellBeginning(deps: ChaseBrakeDeps, pause: Pause): Promise<number> {
  if (isOld(deps, pause.pausedAt)) return 0;
  return tellEverybody(deps, pause, { as: 'paused', compose: composePausedMail });
}

async function tellEnd(deps: ChaseBrakeDeps, pause: Pause): Promise<number> {
  if (!pause.resumed || isOld(deps, pause.resumed.at)) return 0;
  return tellEverybody(deps, pause, { as: 'resumed', compose: composeResumedMail });
}

function isOld({ now }: ChaseBrakeDeps, since: string): boolean {
  return now().getTime() - Date.parse(since) > GIVEN_UP_AFTER_MS;
}

interface Listener {
  readonly email: string;
  readonly compose: () => Promise<Omit<Mail, 'to'>>;
}

async function tellEverybody(
  deps: ChaseBrakeDeps,
  pause: Pause,
  news: { readonly as: string; readonly compose: (pause: Pause, timeZone: string) => Omit<Mail, 'to'> },
): Promise<number> {
  const { people, operatorEmail } = deps;
  const { approvers: configured, fallbackApprovers: fallback } = await deps.configured();
  const leaving = await leavingAmong(deps.departures, everybodyIn({ configured, fallback }));
  const nobody = { leaver: [], triggeredBy: [], leaving, people, now: deps.now() };
  const { approvers } = whoMayDecide({ configured, fallback, ...nobody });
  const zones = new Map(approvers.map(({ email, timeZone = 'UTC' }) => [email, timeZone]));
  if (operatorEmail !== undefined && !zones.has(operatorEmail)) zones.set(operatorEmail, 'UTC');
  const listeners = [...zones].map(([email, zone]) => ({ email, compose: async () => news.compose(pause, zone) }));
  return tell(deps, pause, { as: news.as, listeners });
}

/** Asks those who may confirm that deletes resume, as they are found the first time. */
async function askApprovers(deps: ChaseBrakeDeps, pause: Pause): Promise<typeof NOT_ASKED> {
  const { request } = pause;
  if (!request || !isOpen(request, deps.now())) return NOT_ASKED;
  const asked = request.asked ?? {
    at: deps.now().toISOString(),
    approvers: [...(await whoMayResume(deps, pause, request))],
  };
  const current = request.asked
    ? pause
    : await deps.pauses.replace(pause, { ...pause, request: { ...request, asked } });
  // Somebody wrote in the same moment; the next run finds it.
  if (!current) return NOT_ASKED;
  const requested: RequestedPause = { ...current, request: { ...request, asked } };
  const listeners: Listener[] = [];
  for (const approver of asked.approvers) {
    const hasConfirmed = request.confirmations.some((one) => one.approver.email === approver.email);
    if (hasConfirmed || (await departureOf(deps.departures, approver))) continue;
    listeners.push({ email: approver.email, compose: () => linkMail(deps, requested, approver) });
  }
  const told = await tell(deps, requested, { as: request.requestId, listeners });
  return { told, isNobodyLeft: rolesOf(asked.approvers).size < 2 };
}

async function linkMail(deps: ChaseBrakeDeps, pause: RequestedPause, approver: DecidingApprover) {
  const about = { caseId: RESUME_LINK, executionArn: pause.request.requestId };
  const link = await createApproverLink(deps, about, approver);
  return composeResumeMail({ ...buildResumeView(pause, approver, await firstConfirmation(deps, pause)), link });
}

async function tell(
  deps: ChaseBrakeDeps,
  pause: Pause,
  { as, listeners }: { readonly as: string; readonly listeners: readonly Listener[] },
): Promise<number> {
  const told: string[] = [];
  for (const { email, compose } of listeners) {
    const name = `${as} ${email}`;
    if (pause.told.includes(name)) continue;
    try {
      await deps.mailer.send({ to: email, ...(await compose()) });
      told.push(name);
    } catch (error) {
      deps.onFault(error);
    }
  }
  if (told.length > 0) await markTold(deps, pause.number, told);
  return told.length;
}

/** An approver may confirm in the moment in which others are mailed; who was told is added to whatever is there. */
async function markTold(deps: ChaseBrakeDeps, number: number, told: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    const current = (await deps.pauses.recent(2)).find((one) => one.number === number);
    if (!current) return;
    if (await deps.pauses.replace(current, { ...current, told: [...current.told, ...told] })) return;
  }
}
