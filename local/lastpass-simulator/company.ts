import type { Contract } from './contract.ts';
import type { DirectoryState, SimulatedUser } from './directory-state.ts';
import type { Quirks } from './quirks.ts';

/** What every command works on: one company's directory and how LastPass behaves today. */
export interface Company {
  readonly contract: Contract;
  readonly quirks: Quirks;
  readonly directory: DirectoryState;
  readonly now: () => number;
  find(address: string): SimulatedUser | undefined;
  /** Everybody whose address is the same to LastPass: more than one where they differ in case. */
  findAll(address: string): readonly SimulatedUser[];
  findInvitation(address: string): string | undefined;
  /** The groups of these that LastPass would put somebody into. */
  existing(groups: readonly string[]): readonly string[];
  /** Why LastPass would not touch this user; `undefined` when it would. */
  protectionOf(user: SimulatedUser): string | undefined;
  /** An address as the answer repeats it. */
  echo(sent: string, user: SimulatedUser | undefined): string;
  record(action: string, subject: string): void;
}

// A simulator that runs for weeks must not grow with every read; nobody looks further back.
const MAX_EVENTS = 5_000;

export function createCompany(options: Pick<Company, 'contract' | 'quirks' | 'directory' | 'now'>): Company {
  const { quirks, directory, now } = options;
  const isSame = (one: string, other: string) =>
    quirks.comparesCase ? one === other : one.trim().toLowerCase() === other.trim().toLowerCase();
  return {
    ...options,
    find: (address) => directory.users.find((user) => isSame(user.username, address)),
    findAll: (address) => directory.users.filter((user) => isSame(user.username, address)),
    findInvitation: (address) => directory.invited.find((invited) => isSame(invited, address)),
    existing: (groups) =>
      quirks.unknownGroup === 'created'
        ? groups
        : groups.filter((group) => directory.users.some((user) => user.groups.includes(group))),
    protectionOf(user) {
      const otherAdmins = directory.users.filter((other) => other !== user && other.isAdmin && !other.isDisabled);
      if (quirks.protectsLastAdmin && user.isAdmin && otherAdmins.length === 0) return 'Cannot change the last admin';
      if (quirks.protectsDirectoryManaged && user.isDirectoryManaged) return 'User is managed by your directory';
      return undefined;
    },
    echo(sent, user) {
      if (quirks.echoesAddress === 'lower case') return sent.toLowerCase();
      return quirks.echoesAddress === 'as stored' ? (user?.username ?? sent) : sent;
    },
    record(action, subject) {
      // Events of one millisecond still differ, because paging by time needs distinct times.
      const nowMs = now();
      const sameMoment = directory.events.filter((event) => Math.floor(event.atMicros / 1_000) === nowMs);
      const atMicros = nowMs * 1_000 + sameMoment.length;
      directory.events.push({ atMicros, username: 'API', ipAddress: '', action, subject });
      directory.events.splice(0, directory.events.length - MAX_EVENTS);
    },
  };
}
