import * as z from 'zod';

/**
 * What a webhook's secret holds, whatever its vendor calls it: private key, secret, verification token. A shorter one
 * would let somebody sign by guessing.
 */
export const signingKeySchema = z.object({ signingKey: z.string().trim().min(16) });
export type SigningKey = z.infer<typeof signingKeySchema>;
