import * as z from 'zod';
import { employmentId } from '../employment-id.ts';
import type { Translation, TranslationContext } from '../hr-source.ts';
import { unreadableAnswer } from '../unreadable.ts';
import { hiringDateSchema, optionalDateSchema } from '../vendor-dates.ts';

type Fault = Extract<Translation, { kind: 'fault' }>;

const historySchema = z.array(z.object({ hire_date: hiringDateSchema, termination_date: optionalDateSchema }));

/**
 * Which employment a notification is about: the latest one, or, for somebody who comes back, the latest that has an end.
 * It names the termination, because Gusto's own terminations are gone once they are cancelled, and a cancellation must
 * still find its case (https://docs.gusto.com/app-integrations/reference/get-v1-employees-employee_id-employment_history).
 */
export async function readGustoEmployment(
  { system, employeeId, isOver }: { readonly system: string; readonly employeeId: string; readonly isOver: boolean },
  readApi: TranslationContext['readApi'],
): Promise<{ readonly kind: 'employment'; readonly terminationId: string } | Fault> {
  const history = historySchema.safeParse(await readApi({ path: `/employees/${employeeId}/employment_history` }));
  if (!history.success) return unreadableAnswer(history.error, 'employment_history');
  const [latest] = history.data
    .filter(({ termination_date }) => !isOver || termination_date !== undefined)
    .toSorted((a, b) => (a.hire_date < b.hire_date ? 1 : -1));
  if (latest)
    return { kind: 'employment', terminationId: employmentId({ system, employeeId, hiredOn: latest.hire_date }) };
  const problem = isOver ? 'has no employment that ended' : 'is empty';
  const remedy = 'check the employee in Gusto; report the leaver by hand if need be';
  return { kind: 'fault', faults: [{ field: 'employment_history', problem, remedy }] };
}
