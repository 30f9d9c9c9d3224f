import * as z from 'zod';
import type { HrSourceApi } from '../hr-source.ts';
import type { ReadAuth, ReadSettings } from './generic-read-settings.ts';

/** No line break may end a header and begin another. */
const secretText = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/);

const bearerSecret = z.object({ accessToken: secretText });
const basicSecret = z.object({ user: z.string().trim().min(1), password: z.string().trim().min(1) });
const headerSecret = z.object({ apiKey: secretText });

/** The API of the settings, with what its secret holds under each way to authenticate. */
export function apiOfReads({ apiUrl: url, auth }: Pick<ReadSettings, 'apiUrl' | 'auth'>): HrSourceApi {
  return { url, ...credentialsOf(auth) };
}

function credentialsOf(auth: ReadAuth): Pick<HrSourceApi, 'secret' | 'headers'> {
  if (auth.scheme === 'bearer') {
    const headers = (secret: unknown) => ({ authorization: `Bearer ${bearerSecret.parse(secret).accessToken}` });
    return { secret: bearerSecret, headers };
  }
  if (auth.scheme === 'header') {
    const headers = (secret: unknown) => ({ [auth.header.toLowerCase()]: headerSecret.parse(secret).apiKey });
    return { secret: headerSecret, headers };
  }
  return {
    secret: basicSecret,
    headers: (secret) => {
      const { user, password } = basicSecret.parse(secret);
      return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
    },
  };
}
