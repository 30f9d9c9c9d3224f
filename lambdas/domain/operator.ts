import * as z from 'zod';

/** A person with rights on the deployed stack, by the identity that AWS knows them by. */
export const operatorSchema = z.object({
  /** As STS answers `GetCallerIdentity`. */
  arn: z
    .string()
    .max(2_048)
    .regex(/^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:\S+$/, 'is not the ARN of an identity'),
  /** When they did it, ISO 8601 UTC: a later correction of the same event outweighs an earlier one. */
  at: z.iso.datetime(),
});
export type Operator = z.infer<typeof operatorSchema>;

/** The name by which people know an identity: of a user, or of a role's session, which single sign-on fills with its user. */
export function nameOfOperator(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

/** Whether an address, or what stands before its @, is an operator's name. */
export function isOperatorsAddress(arn: string, address: string): boolean {
  const name = fold(nameOfOperator(arn));
  const folded = fold(address);
  return name === folded || name === folded.split('@')[0];
}

function fold(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}
