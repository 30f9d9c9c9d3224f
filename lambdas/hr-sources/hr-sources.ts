import { bamboohr } from './bamboohr.ts';
import { generic } from './generic.ts';
import { gusto } from './gusto.ts';
import { hibob } from './hibob.ts';
import type { HrSource } from './hr-source.ts';
import { okta } from './okta.ts';
import { peopleforce } from './peopleforce.ts';

/** Every kind of HR system that is understood. A new one is a file beside this one, and a line here. */
export const HR_SOURCES: readonly HrSource[] = [okta, bamboohr, hibob, gusto, peopleforce, generic];

export function findHrSource(kind: string): HrSource | undefined {
  return HR_SOURCES.find((source) => source.kind === kind);
}
