import type { SeedDirectory, SimulatedUser } from '../../local/lastpass-simulator/directory-state.ts';
import { seedDirectory } from '../../local/lastpass-simulator/seed-directory.ts';

/** An administrator, and the only one who is enabled. */
export const ONLY_ADMIN = 'only.admin@example.com';
/** As LastPass spells the last one of the list. */
export const LAST_ONE = 'Last.One@Example.com';
/** In the middle of the list. */
export const MIDDLE_ONE = 'middle.one@example.com';

const GROUPS_IN_COMPANY = 500;
const GROUPS_OF_USER = 20;

/** A company of so many, each of about a kilobyte with twenty groups, made from the seed's ordinary leaver. */
export function largeCompany(people: number): SeedDirectory {
  const seed = seedDirectory();
  const [template] = seed.users;
  if (!template) throw new RangeError('the seed has people');
  const users = Array.from(
    { length: people },
    (_, index): SimulatedUser => ({
      ...template,
      userId: String(500_000_000 + index),
      username: `person.number${index}@example.com`,
      fullName: `Person${index} Surname${index % 5_000}`,
      isAdmin: false,
      isDisabled: index % 20 === 0,
      groups: groupsOf(index),
      profile: {
        department: `Department of everything ${index % 40}`,
        division: 'Division of a large company'.repeat(6),
      },
    }),
  );
  for (const [at, username] of [
    [Math.floor(people / 3), ONLY_ADMIN],
    [Math.floor(people / 2), MIDDLE_ONE],
    [people - 1, LAST_ONE],
  ] as const) {
    users[at] = { ...template, ...users[at], username, isDisabled: false, isAdmin: username === ONLY_ADMIN };
  }
  return { ...seed, users };
}

function groupsOf(index: number): string[] {
  return Array.from({ length: GROUPS_OF_USER }, (_, nth) => {
    return `Group ${(index * 7 + nth * 13) % GROUPS_IN_COMPANY} of the large company`;
  });
}
