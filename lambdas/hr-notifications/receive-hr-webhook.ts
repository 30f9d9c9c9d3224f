import { createHash } from 'node:crypto';
import type { HrNotification } from '../hr-sources/hr-notification.ts';
import type { Verification, WebhookDelivery } from '../hr-sources/hr-source.ts';
import type { HrWebhookRequest } from './hr-webhook-request.ts';
import { fitsOnBus } from './put-notification.ts';
import type { ReplayGuard, SignedDelivery } from './replay-guard.ts';
import type { WebhookSystem } from './webhook-systems.ts';

interface HrWebhookResponse {
  readonly statusCode: 202 | 400 | 401 | 404 | 413 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What of a delivery may be logged. */
interface DeliveryStory {
  readonly system: string;
  readonly deliveryId: string;
}

interface ReceiveHrWebhookDeps {
  /** Those that send webhooks; fails while they cannot be read. */
  readonly systems: () => Promise<readonly WebhookSystem[]>;
  readonly marks: ReplayGuard;
  readonly put: (notification: HrNotification) => Promise<void>;
  readonly onTaken: (story: DeliveryStory) => void;
  /** A delivery that is on the bus already, sent again. */
  readonly onRepeated: (story: DeliveryStory) => void;
  /** A delivery that does not count as the HR system's own, is too old, or cannot be read. */
  readonly onRefusal: (refusal: Partial<DeliveryStory> & { readonly status: number; readonly why: string }) => void;
  readonly onFault: (story: DeliveryStory, error: unknown) => void;
  readonly now: () => Date;
}

const MAX_BODY_BYTES = 128 * 1024;

/**
 * Takes an HR system's delivery: proves that it is that system's and fresh, and puts it on the bus, whole. Only then is it
 * answered with a 2xx, so that everything which goes wrong before makes the HR system send again.
 *
 * Second run: a delivery that is on the bus is answered as the first time and goes nowhere: its vendor has lost our answer, or
 * a stranger has recorded it and gains nothing. A crash before the bus leaves it begun, and the next delivery
 * goes through; a crash after the bus lets it through once more, and what it comes to ends as a duplicate, as do two that
 * come at the same moment.
 */
export function receiveHrWebhook(deps: ReceiveHrWebhookDeps) {
  return async (request: HrWebhookRequest): Promise<HrWebhookResponse> => {
    const story = { system: request.system, deliveryId: createHash('sha256').update(request.body).digest('hex') };
    try {
      const system = (await deps.systems()).find(({ name }) => name === request.system);
      // A route that is deployed a moment before the function knows its system.
      if (!system) return refuse(deps, { status: 404, why: 'no such HR system' });
      const reception = await take(deps, { system, request, story });
      if (reception === 'taken') return answer(202, 'taken');
      if (reception !== 'taken before') return refuse(deps, { ...story, ...reception });
      deps.onRepeated(story);
      return answer(202, 'taken before');
    } catch (error) {
      deps.onFault(story, error);
      return answer(503, 'not taken: send it again');
    }
  };
}

interface Refusal {
  readonly status: Exclude<HrWebhookResponse['statusCode'], 202 | 503>;
  /** For the log. */
  readonly why: string;
  /** For the sender, where it is something else: who cannot sign is not told what was wrong. */
  readonly told?: string;
}

async function take(
  deps: ReceiveHrWebhookDeps,
  { system, request, story }: { system: WebhookSystem; request: WebhookDelivery; story: DeliveryStory },
): Promise<Refusal | 'taken' | 'taken before'> {
  if (request.body.byteLength > MAX_BODY_BYTES) return TOO_LARGE;
  const verification = await verify(system, request);
  if (verification.kind === 'refused')
    return { status: 401, why: verification.why, told: 'the signature is missing or wrong' };
  const receivedAt = deps.now();
  const maxAgeMs = (verification.maxAgeSeconds ?? system.maxAgeSeconds) * 1000;
  const sentAt = verification.mayRecur ? receivedAt : verification.sentAt;
  const delivery = { ...story, sentAt, acceptableUntil: sentAt && new Date(sentAt.getTime() + maxAgeMs) };
  // Asked this way round, a moment that is none is refused too.
  if (sentAt && !(Math.abs(receivedAt.getTime() - sentAt.getTime()) <= maxAgeMs)) {
    const isMoment = !Number.isNaN(sentAt.getTime());
    return isMoment && (await deps.marks.isTaken(delivery)) ? 'taken before' : OLD;
  }
  const body = textOf(request.body);
  if (body === undefined || system.payloadIn(body) === undefined) return UNREADABLE;
  const notification = { ...story, receivedAt: receivedAt.toISOString(), body };
  if (!fitsOnBus(notification)) return TOO_LARGE;
  if (!(await deps.marks.begin(delivery))) return 'taken before';
  await deps.put(notification);
  deps.onTaken(story);
  await markTaken(deps, delivery);
  return 'taken';
}

/** By the secret at hand; and when that does not fit, by the one that may have replaced it. */
async function verify({ verify, settings, secret }: WebhookSystem, request: WebhookDelivery): Promise<Verification> {
  const known = await secret.read();
  const verification = verify(request, { settings, secret: known });
  if (verification.kind === 'genuine') return verification;
  const latest = await secret.read({ refresh: true });
  return latest === known ? verification : verify(request, { settings, secret: latest });
}

/** The notification is on the bus: that is what the HR system must be told, whether or not it could be noted. */
async function markTaken(deps: ReceiveHrWebhookDeps, delivery: SignedDelivery): Promise<void> {
  const { system, deliveryId } = delivery;
  await deps.marks.markTaken(delivery).catch((error: unknown) => deps.onFault({ system, deliveryId }, error));
}

/** The body as text when it is UTF-8. */
function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

const TOO_LARGE: Refusal = { status: 413, why: 'too large' };
const UNREADABLE: Refusal = { status: 400, why: 'not a JSON object, nor the form of the settings' };
const OLD: Refusal = { status: 401, why: 'too old, or sent by a clock that is ahead' };

function refuse(deps: ReceiveHrWebhookDeps, { told, ...refusal }: Refusal & Partial<DeliveryStory>): HrWebhookResponse {
  deps.onRefusal(refusal);
  return answer(refusal.status, told ?? refusal.why);
}

function answer(statusCode: HrWebhookResponse['statusCode'], reason: string): HrWebhookResponse {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { statusCode, headers, body: JSON.stringify({ reason }) };
}
