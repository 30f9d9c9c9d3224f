import * as z from 'zod';

/** As stored in the secret. White space is trimmed: a pasted line end would look like a wrong hash. */
export const lastPassCredentialsSchema = z.object({
  cid: z.union([z.int().positive(), z.string().trim().min(1)]),
  provhash: z.string().trim().min(1),
});

/** The account number ("CID") and the provisioning hash of one LastPass company. */
export interface LastPassCredentials {
  readonly cid: number | string;
  readonly provhash: string;
}

/** Where credentials come from. `refresh` bypasses any cache: resetting the hash ends the old one at once. */
export interface CredentialSource {
  read(options?: { readonly refresh?: boolean }): Promise<LastPassCredentials>;
}
