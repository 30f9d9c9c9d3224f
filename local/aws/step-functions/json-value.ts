import { z } from 'zod';

/** What a state machine carries from state to state. */
export const jsonValueSchema = z.json();
export type JsonValue = z.infer<typeof jsonValueSchema>;

/**
 * A value as it looks after a journey as JSON, which is how Lambda hands it on: dates become text, functions vanish,
 * and an absent result is `null`.
 */
export function toJsonValue(value: unknown): JsonValue {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? null : jsonValueSchema.parse(JSON.parse(text));
}
