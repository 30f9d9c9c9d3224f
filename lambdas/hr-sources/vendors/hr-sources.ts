import * as z from 'zod';
import type { HrSource } from '../hr-source.ts';
import type { HrSystem } from '../hr-system.ts';
import { bamboohr } from './bamboohr.ts';
import { generic } from './generic.ts';
import { gusto } from './gusto.ts';
import { hibob } from './hibob.ts';
import { okta } from './okta.ts';
import { peopleforce } from './peopleforce.ts';

/** Every kind of HR system that is understood. A new one is a file beside this one, and a line here. */
export const HR_SOURCES: readonly HrSource[] = [okta, bamboohr, hibob, gusto, peopleforce, generic];

export function findHrSource(kind: string): HrSource | undefined {
  return HR_SOURCES.find((source) => source.kind === kind);
}

const jsonObjectSchema = z.record(z.string(), z.unknown());

/** A webhook's body as the payload that its HR system's kind translates; `undefined` when it is not what it should be. */
export function payloadOf(
  { kind, settings }: Pick<HrSystem, 'kind' | 'settings'>,
  body: string,
): Readonly<Record<string, unknown>> | undefined {
  const source = findHrSource(kind);
  if (source?.payloadIn) return source.payloadIn(body, settings);
  try {
    return jsonObjectSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
