/**
 * Names a termination after the employment that it ends: so a corrected date, or a cancellation, finds its case again, and
 * somebody who was hired again, on another day, gets a new case when leaving again. With the system's name, because ids of
 * employees are small numbers, and another system may have the same. A corrected day of hiring makes it another case.
 */
export function employmentId(employment: {
  readonly system: string;
  readonly employeeId: string;
  /** A bare date. */
  readonly hiredOn: string;
}): string {
  return `${employment.system}-${employment.employeeId}-${employment.hiredOn}`;
}
