import * as z from 'zod';
import { HrSystemRefusedError } from '../errors.ts';
import type { Translation, TranslationContext } from '../hr-source.ts';
import { locationOf, managerOf } from '../optional-parts.ts';
import { unreadableAnswer } from '../unreadable.ts';
import { bareDateSchema } from '../vendor-dates.ts';

type Fault = Extract<Translation, { kind: 'fault' }>;
type ReadApi = TranslationContext['readApi'];

const nameSchema = z.object({ first_name: z.string(), last_name: z.string() });
const employeeSchema = nameSchema.extend({
  /** Not `email`, which is the personal one. */
  work_email: z.string(),
  manager_uuid: z.unknown().optional(),
  jobs: z.unknown().optional(),
});
const terminationsSchema = z.array(z.object({ effective_date: bareDateSchema }));
const jobsSchema = z.array(
  z.object({ primary: z.boolean().default(false), location: z.object({ city: z.string(), state: z.string() }) }),
);

/**
 * Who leaves and when (https://docs.gusto.com/app-integrations/reference/get-v1-employees and
 * /get-v1-employees-employee_id-terminations). Gusto knows the last day as a date without a zone.
 */
export async function readGustoLeaver(
  { employeeId, isEffective }: { readonly employeeId: string; readonly isEffective: boolean },
  readApi: ReadApi,
) {
  const path = `/employees/${employeeId}`;
  const person = employeeSchema.safeParse(await readApi({ path }));
  if (!person.success) return unreadableAnswer(person.error, 'employee');
  const { work_email: workEmail, manager_uuid, jobs } = person.data;
  const employee = {
    id: employeeId,
    workEmail,
    displayName: nameOf(person.data),
    ...(await readManager(manager_uuid, readApi)),
    ...locationIn(jobs),
  };
  if (isEffective) return { kind: 'leaver' as const, leaving: { employee, immediate: true } };
  const terminations = terminationsSchema.safeParse(await readApi({ path: `${path}/terminations` }));
  if (!terminations.success) return unreadableAnswer(terminations.error, 'terminations');
  const lastWorkingMoment = terminations.data
    .map(({ effective_date }) => effective_date)
    .toSorted()
    .at(-1);
  if (lastWorkingMoment === undefined) return noTermination();
  return { kind: 'leaver' as const, leaving: { employee, lastWorkingMoment, immediate: false } };
}

/** The manager's name and work address need a read of their own; without it the leaver still leaves. */
async function readManager(uuid: unknown, readApi: ReadApi) {
  const id = z.uuid().safeParse(uuid);
  if (!id.success) return {};
  try {
    const manager = employeeSchema.safeParse(await readApi({ path: `/employees/${id.data}` }));
    return manager.success ? managerOf(manager.data.work_email, nameOf(manager.data)) : {};
  } catch (error) {
    if (error instanceof HrSystemRefusedError) return {};
    throw error;
  }
}

function locationIn(jobs: unknown) {
  const listed = jobsSchema.safeParse(jobs).data ?? [];
  const { location } = listed.find(({ primary }) => primary) ?? listed[0] ?? {};
  return location ? locationOf(`${location.city}, ${location.state}`) : {};
}

function nameOf({ first_name, last_name }: z.infer<typeof nameSchema>): string {
  return `${first_name} ${last_name}`.trim();
}

function noTermination(): Fault {
  const remedy = 'dismiss this if it was cancelled since; otherwise enter the termination again';
  return { kind: 'fault', faults: [{ field: 'terminations', problem: 'lists none', remedy }] };
}
