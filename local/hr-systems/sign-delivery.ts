import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { LocalHrSystem } from './local-hr-systems.ts';
import { type SignedDelivery, signGeneric } from './sign-generic.ts';

type Body = Readonly<Record<string, unknown>>;
type Sign = (body: Body, how: { readonly key: string; readonly now: Date }) => SignedDelivery;

/**
 * Signs a webhook's body as its HR system would, now: a sample on disk gets a present time of sending where the time is
 * signed. Written from the vendors' rules, and not with the code that checks them. `undefined` for who sends no webhooks.
 */
export function signDelivery(system: LocalHrSystem, body: Body, now: Date): SignedDelivery | undefined {
  const { name, kind = name, settings, signingKey: key } = system;
  if (key === undefined) return undefined;
  if (kind === 'generic') return signGeneric(settings, body, { key, now });
  const sign = Object.hasOwn(SIGN, kind) ? SIGN[kind] : undefined;
  return sign?.(body, { key, now });
}

const SIGN: Readonly<Record<string, Sign>> = {
  bamboohr: (body, { key, now }) => {
    const text = JSON.stringify(body);
    const timestamp = String(unixSeconds(now));
    const signature = createHmac('sha256', key).update(`${text}${timestamp}`).digest('hex');
    return { body: text, headers: { 'X-BambooHR-Timestamp': timestamp, 'X-BambooHR-Signature': signature } };
  },
  hibob: (body, { key, now }) => {
    const text = JSON.stringify(sentAt(body, { triggeredAt: now.toISOString() }));
    return { body: text, headers: { 'Bob-Signature': createHmac('sha512', key).update(text).digest('base64') } };
  },
  gusto: (body, { key, now }) => {
    const text = JSON.stringify(sentAt(body, { timestamp: unixSeconds(now) }));
    return { body: text, headers: { 'X-Gusto-Signature': createHmac('sha256', key).update(text).digest('hex') } };
  },
  peopleforce: (body, { key, now }) => {
    const text = JSON.stringify(changedAt(body, now));
    const signature = createHmac('sha256', key).update(text).digest('hex');
    return { body: text, headers: { 'X-PeopleForce-Signature': `sha256=${signature}` } };
  },
};

/** A body that says when it was sent says so now; one that does not stays as it is. */
function sentAt(body: Body, time: Body): Body {
  const isTold = Object.keys(time).every((field) => Object.hasOwn(body, field));
  return isTold ? { ...body, ...time } : body;
}

const employeeSchema = z.looseObject({ data: z.looseObject({ meta: z.looseObject({ updated_at: z.unknown() }) }) });

/** PeopleForce signs no time of sending, only that at which the employee was changed. */
function changedAt(body: Body, now: Date): Body {
  const employee = employeeSchema.safeParse(body);
  if (!employee.success) return body;
  const { data } = employee.data;
  return { ...body, data: { ...data, meta: { ...data.meta, updated_at: now.toISOString() } } };
}

function unixSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
