import { z } from 'zod';

const user = z.object({
  userId: z.string(),
  username: z.string(),
  fullName: z.string(),
  /** `YYYY-MM-DD HH:MM:SS`, as LastPass writes it. */
  created: z.string(),
  /** Empty for a user who never logged in. */
  lastLogin: z.string(),
  isDisabled: z.boolean(),
  isAdmin: z.boolean(),
  isDirectoryManaged: z.boolean(),
  isPasswordResetRequired: z.boolean(),
  groups: z.array(z.string()),
  /** Absent from files of older versions, and where nobody said anything. */
  profile: z.record(z.string(), z.string()).optional(),
});

const folder = z.object({
  folderId: z.string(),
  name: z.string(),
  isDeleted: z.boolean(),
  sites: z.array(z.string()),
  members: z.array(
    z.object({
      username: z.string(),
      canAdminister: z.boolean(),
      isReadOnly: z.boolean(),
      isSuperAdmin: z.boolean(),
    }),
  ),
});

const event = z.object({
  /** Microseconds since the epoch: what `next` of `reporting` counts in. */
  atMicros: z.number(),
  username: z.string(),
  ipAddress: z.string(),
  action: z.string(),
  subject: z.string(),
});

/** Where somebody who is no longer listed went. LastPass never tells; the simulator does. */
const departure = z.object({
  userId: z.string(),
  username: z.string(),
  fate: z.enum(['left with the vault', 'destroyed with the vault']),
  atMs: z.number(),
});

const seedDirectory = z.object({
  users: z.array(user),
  invited: z.array(z.string()),
  folders: z.array(folder),
  events: z.array(event),
});

const directoryState = seedDirectory.extend({ departures: z.array(departure), nextUserId: z.number() });

/** Everything that must survive a restart, the valid hash included: a rotation outlives the process too. */
export const simulatorStateSchema = z.object({
  credentials: z.object({ cid: z.union([z.number(), z.string()]), provhash: z.string() }),
  directory: directoryState,
});

export type SimulatedUser = z.infer<typeof user>;
export type SimulatedFolder = z.infer<typeof folder>;
export type SimulatedEvent = z.infer<typeof event>;
export type SeedDirectory = z.infer<typeof seedDirectory>;
export type DirectoryState = z.infer<typeof directoryState>;
/** Those of a real tenant have the same shape. */
export type Credentials = SimulatorState['credentials'];
export type SimulatorState = z.infer<typeof simulatorStateSchema>;
