import * as z from 'zod';

/**
 * Whether a directory (Okta, Entra ID …) manages LastPass users; LastPass itself does not tell (docs/lastpass-contract.md
 * section a.1).
 */
export const DIRECTORY_ANSWERS = ['yes', 'no', 'unknown'] as const;

/**
 * What is known about an account beyond `getuserdata`, gathered after it was disabled. A fact that could not be had is
 * absent and named in `missing`: an approver must be able to tell "none" from "not known".
 */
export const approvalFactsSchema = z.object({
  gatheredAt: z.string(),
  /** Shared folders that the leaver can open, and whether nobody else administers them. */
  sharedFolders: z
    .array(z.object({ folderId: z.string().optional(), name: z.string(), isOnlyAdministrator: z.boolean() }))
    .optional(),
  /** Other accounts whose addresses differ from the leaver's in case only, as LastPass spells them. */
  otherSpellings: z.array(z.string()).optional(),
  /** What the leaver's account did after access should have ended, newest first, as LastPass words it. */
  activity: z.array(z.object({ time: z.string(), action: z.string() })).optional(),
  isDirectoryManaged: z.enum(DIRECTORY_ANSWERS),
  /** What could not be found out, in words for people. */
  missing: z.array(z.string()),
});
export type ApprovalFacts = z.infer<typeof approvalFactsSchema>;

/** Folders that would be left without anybody to administer them, were the account removed or deleted. */
export function orphanedFolders(facts: ApprovalFacts | undefined): readonly string[] {
  return (facts?.sharedFolders ?? []).filter((folder) => folder.isOnlyAdministrator).map((folder) => folder.name);
}
