import * as z from 'zod';

/** Shapes that several commands ask for. Messages go behind the option's name, with the remedy. */
export const caseIdShape = z
  .string()
  .regex(/^case-[0-9a-f]{24}$/, 'is not a case id; "offboard list" shows them, such as case-0123456789abcdef01234567');

export const personShape = z.email('is not an e-mail address; give the person’s work address').max(254, 'is too long');

export const reasonShape = z
  .string()
  .trim()
  .min(3, 'says nothing; write for whoever reads the evidence in a year')
  .max(500, 'is longer than 500 characters');

/** Ids of parked events are long; their beginning is enough where only one has it. */
export const parkedIdShape = z
  .string()
  .regex(/^(?:parked-)?[0-9a-f]{4,64}$/, 'is not the id of a parked event; "offboard parked" shows them')
  .transform((id) => id.replace(/^parked-/, ''));
