import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { HrSystem } from '../../../lambdas/hr-sources/hr-system.ts';
import { payloadOf } from '../../../lambdas/hr-sources/vendors/hr-sources.ts';
import { MisuseError } from '../options/errors.ts';
import { parsedJson } from '../options/parsed-json.ts';

export interface HrPayload {
  readonly payload: unknown;
  /** What the HR system's API would answer, by request, such as `GET /employees/5`. */
  readonly api: Readonly<Record<string, unknown>>;
}

const object = z.record(z.string(), z.unknown());

/** As the samples are written: what is posted, and what the API then answers. */
const sampleSchema = z.union([
  z.strictObject({
    note: z.string().optional(),
    webhook: z.string().optional(),
    hrSystem: z.string().optional(),
    body: object,
    api: object.default({}),
  }),
  z.strictObject({ partnerEvent: object }),
]);

/**
 * What an HR system sends, from a file: its very body, or a sample with the answers of its API.
 * @throws MisuseError
 */
export async function readHrPayload(path: string, system: HrSystem): Promise<HrPayload> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MisuseError('PAYLOAD cannot be read; check the path', { cause });
  });
  const sample = sampleSchema.safeParse(parsedJson(text)).data;
  if (sample)
    return 'body' in sample ? { payload: sample.body, api: sample.api } : { payload: sample.partnerEvent, api: {} };
  const payload = payloadOf(system, text.trim());
  if (payload === undefined)
    throw new MisuseError('PAYLOAD is neither a JSON object nor the form that the settings name under "payload"');
  return { payload, api: {} };
}
