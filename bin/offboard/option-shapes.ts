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

/** EventBridge keeps names that begin with `aws.` for itself. */
export const sourceShape = z
  .string()
  .regex(/^(?!aws\.)[\w.-]{1,256}$/, 'is not a source; give one that the stack takes, such as com.example.hr');
