import * as z from 'zod';

/** What Slack's app settings call "Bot User OAuth Token" and "Signing Secret". */
export const slackCredentialsSchema = z.object({
  botToken: z
    .string()
    .trim()
    .regex(/^xoxb-[\w-]{4,}$/),
  // Shorter than any that Slack makes; an empty one would let everybody sign.
  signingSecret: z.string().trim().min(16).regex(/^\S+$/),
});

export type SlackCredentials = z.infer<typeof slackCredentialsSchema>;

export interface SlackCredentialSource {
  /** @param options.refresh reads again although a value is at hand, as after a rotation */
  read(options?: { readonly refresh?: boolean }): Promise<SlackCredentials>;
}
