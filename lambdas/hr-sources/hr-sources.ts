import { generic } from './generic.ts';
import type { HrSource } from './hr-source.ts';

/** Every kind of HR system that is understood. A new one is a file beside this one, and a line here. */
export const HR_SOURCES: readonly HrSource[] = [generic];

export function findHrSource(kind: string): HrSource | undefined {
  return HR_SOURCES.find((source) => source.kind === kind);
}
