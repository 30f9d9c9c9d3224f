import * as z from 'zod';
import type { CanonicalEvent } from '../../domain/hr-events/canonical-event.ts';
import { employmentId } from '../employment-id.ts';
import type { Translation, TranslationContext } from '../hr-source.ts';
import { locationOf, managerOf } from '../optional-parts.ts';
import { unreadableAnswer } from '../unreadable.ts';
import { hiringDateSchema, optionalDateSchema } from '../vendor-dates.ts';
import type { BambooHrChange } from './bamboohr-changes.ts';

/** https://documentation.bamboohr.com/docs/list-of-field-names */
const FIELDS = 'status,terminationDate,hireDate,workEmail,displayName,location,supervisor,supervisorEmail';

const employmentSchema = z.object({
  status: z.enum(['Active', 'Inactive'], 'is neither Active nor Inactive'),
  hireDate: hiringDateSchema,
  terminationDate: optionalDateSchema,
});

const leaverSchema = z.object({
  workEmail: z.string(),
  displayName: z.string(),
  location: z.unknown().optional(),
  supervisor: z.unknown().optional(),
  supervisorEmail: z.unknown().optional(),
});

/** What an employee's record says now: gone, going on a date, or staying. */
export async function readBambooHrEmployee(
  { employeeId, occurredAt }: BambooHrChange,
  { system, readApi }: Pick<TranslationContext, 'system' | 'readApi'>,
): Promise<Translation> {
  // Without onlyCurrent=false a termination that is entered ahead of its day would not be seen.
  const answer = await readApi({ path: `/employees/${employeeId}?fields=${FIELDS}&onlyCurrent=false` });
  const employment = employmentSchema.safeParse(answer);
  if (!employment.success) return unreadableAnswer(employment.error, 'employee');
  const { status, hireDate, terminationDate } = employment.data;
  const terminationId = employmentId({ system, employeeId, hiredOn: hireDate });
  const stamp = { eventId: `${terminationId}-${occurredAt}`, occurredAt };
  if (status === 'Active' && terminationDate === undefined) {
    // Somebody who is hired again has a new day of hiring: what that takes back is found by the person, not by this id.
    const workEmail = z.object({ workEmail: z.string() }).safeParse(answer).data?.workEmail;
    const data = { terminationId, employee: { id: employeeId, ...(workEmail && { workEmail }) }, isInferred: true };
    return oneEvent({ ...stamp, detailType: 'Employee Termination Cancelled', data });
  }
  const leaver = leaverSchema.safeParse(answer);
  if (!leaver.success) return unreadableAnswer(leaver.error, 'employee');
  const { workEmail, displayName, location, supervisor, supervisorEmail } = leaver.data;
  const employee = {
    ...{ id: employeeId, workEmail, displayName },
    ...managerOf(supervisorEmail, supervisor),
    ...locationOf(location),
  };
  const when = status === 'Inactive' ? { immediate: true } : { lastWorkingMoment: terminationDate, immediate: false };
  return oneEvent({ ...stamp, detailType: 'Employee Terminated', data: { terminationId, employee, ...when } });
}

function oneEvent(event: CanonicalEvent): Translation {
  return { kind: 'events', events: [event] };
}
