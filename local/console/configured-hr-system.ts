import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hrSystemSchema } from '../../lambdas/hr-sources/hr-system.ts';
import { OWN_ORIGIN } from '../aws/protocol/own-origin.ts';
import { HR_API_PATH, type LocalHrSystem } from '../hr-systems/local-hr-systems.ts';

/** An HR system of the generic kind, as it stands in cdk.json. */
export const genericEntrySchema = hrSystemSchema
  .pick({ name: true })
  .extend({
    kind: z.literal('generic', 'is not generic: the local run has a system of each other kind'),
    settings: z.looseObject({
      signature: z.looseObject({ scheme: z.string().optional(), key: z.string().optional() }),
      read: z
        .looseObject({
          apiUrl: z.string(),
          auth: z.looseObject({ scheme: z.enum(['bearer', 'basic', 'header']), header: z.string().optional() }),
        })
        .optional(),
    }),
  })
  .loose();
type GenericEntry = z.infer<typeof genericEntrySchema>;

/** Such a system in the local run: with keys that protect nothing, and with this machine in place of its API's host. */
export function localSystemOf({ name, kind, settings }: GenericEntry): LocalHrSystem {
  const { signature, read } = settings;
  const isBase64 = signature.key === 'base64' || ['standard-webhooks', 'finch'].includes(signature.scheme ?? '');
  const signingKey = isBase64 ? base64Key(name) : `local-signing-key-of-${name}`;
  const system = { name, kind, title: name, signingKey };
  if (!read) return { ...system, settings };
  const here = { ...settings, read: { ...read, apiUrl: `${OWN_ORIGIN}${HR_API_PATH}${name}` } };
  return { ...system, settings: here, api: apiOf(name, read.auth) };
}

function base64Key(name: string): string {
  return `whsec_${createHash('sha256').update(`local-signing-key-of-${name}`).digest().subarray(0, 24).toString('base64')}`;
}

function apiOf(
  name: string,
  { scheme, header = '' }: NonNullable<GenericEntry['settings']['read']>['auth'],
): NonNullable<LocalHrSystem['api']> {
  const token = `local-token-of-${name}`;
  if (scheme === 'bearer') return { secret: { accessToken: token }, authorization: `Bearer ${token}` };
  if (scheme === 'header') return { secret: { apiKey: token }, header: header.toLowerCase(), authorization: token };
  const authorization = `Basic ${Buffer.from(`local:${token}`).toString('base64')}`;
  return { secret: { user: 'local', password: token }, authorization };
}
