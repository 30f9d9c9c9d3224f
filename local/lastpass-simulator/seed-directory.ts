import type { SeedDirectory, SimulatedEvent, SimulatedFolder, SimulatedUser } from './directory-state.ts';

/** A company of forty to try everything on: each special person says why they are there. */
export const SEED_PEOPLE: readonly (Partial<SimulatedUser> & Pick<SimulatedUser, 'username' | 'fullName'>)[] = [
  // Ordinary leaver.
  { username: 'jane.doe@example.com', fullName: 'Jane Doe', groups: ['Engineering', 'On call'] },
  // Administrators of the company.
  { username: 'ada.admin@example.com', fullName: 'Ada Admin', isAdmin: true, groups: ['IT'] },
  { username: 'bruno.admin@example.com', fullName: 'Bruno Admin', isAdmin: true, groups: ['IT'] },
  // Only administrator of two shared folders.
  { username: 'sole.keeper@example.com', fullName: 'Sole Keeper', groups: ['Finance'] },
  // Never logged in.
  { username: 'nora.never@example.com', fullName: 'Nora Never', lastLogin: '', isPasswordResetRequired: true },
  // Disabled before anybody reported them.
  { username: 'dora.disabled@example.com', fullName: 'Dora Disabled', isDisabled: true, groups: ['Sales'] },
  // Plus address.
  { username: 'paul.plus+vault@example.com', fullName: 'Paul Plus', groups: ['Sales'] },
  // Names beyond ASCII, and none at all.
  { username: 'zoe.aeroe@example.com', fullName: 'Zoë Ærø-Łukasiewicz', groups: ['Design'] },
  { username: 'tanaka.hanako@example.com', fullName: '田中 花子', groups: ['Design'] },
  { username: 'sinead@example.com', fullName: 'Sinéad O’Brien', groups: ['Sales'] },
  { username: 'no.name@example.com', fullName: '' },
  // Spelled with capitals at LastPass.
  { username: 'Mixed.Case@Example.com', fullName: 'Mika Mixed', groups: ['Engineering'] },
  // Managed by the company's directory.
  { username: 'dirk.directory@example.com', fullName: 'Dirk Directory', isDirectoryManaged: true, groups: ['Finance'] },
  // Apostrophe in the address.
  { username: "pat.o'neil@example.com", fullName: "Pat O'Neil", groups: ['Support'] },
  ...[
    'Amir Rahimi',
    'Beatriz Costa',
    'Chen Wei',
    'Daniel Okafor',
    'Elena Petrova',
    'Farid Haddad',
    'Grace Kim',
    'Hugo Martin',
    'Ines Garcia',
    'Jonas Weber',
    'Kofi Mensah',
    'Laura Rossi',
    'Mateo Silva',
    'Nina Novak',
    'Omar Aziz',
    'Priya Nair',
    'Quentin Blanc',
    'Rosa Jimenez',
    'Samuel Adeyemi',
    'Tara Singh',
    'Umar Farooq',
    'Vera Ivanova',
    'Walter Brandt',
    'Ximena Torres',
    'Yusuf Demir',
    'Zara Malik',
  ].map((fullName, index) => ({
    username: `${fullName.toLowerCase().replace(' ', '.')}@example.com`,
    fullName,
    groups: [['Engineering', 'Finance', 'Sales', 'Support'][index % 4] ?? 'Engineering'],
  })),
];

const INVITED = ['iris.invited@example.com', 'Ivo.Invited@example.com'];

const member = (username: string, rights: { canAdminister?: boolean; isSuperAdmin?: boolean } = {}) => ({
  username,
  canAdminister: rights.canAdminister ?? false,
  isReadOnly: !(rights.canAdminister ?? false),
  isSuperAdmin: rights.isSuperAdmin ?? false,
});

const keeper = member('sole.keeper@example.com', { canAdminister: true });
const superAdmin = member('ada.admin@example.com', { canAdminister: true, isSuperAdmin: true });

const FOLDERS: readonly SimulatedFolder[] = [
  { name: 'Shared-Payroll', members: [keeper, member('dirk.directory@example.com'), superAdmin] },
  { name: 'Shared-Bank portals', members: [keeper, superAdmin] },
  {
    name: 'Shared-Build servers',
    members: [
      member('jane.doe@example.com', { canAdminister: true }),
      member('Mixed.Case@Example.com', { canAdminister: true }),
      member('chen.wei@example.com'),
      superAdmin,
    ],
  },
  { name: 'Shared-Super-Admins', members: [superAdmin, member('bruno.admin@example.com', { canAdminister: true })] },
  { name: 'Shared-Old campaign', isDeleted: true, members: [keeper] },
].map((folder, index) => ({
  folderId: String(101 + index),
  isDeleted: false,
  sites: ['intranet.example.com'],
  ...folder,
}));

const EVENTS: readonly SimulatedEvent[] = [
  { at: '2026-01-12T14:03:11Z', username: 'jane.doe@example.com', action: 'Log in' },
  { at: '2026-01-13T08:21:40Z', username: 'jane.doe@example.com', action: 'Failed Login Attempt' },
  { at: '2026-01-13T08:22:02Z', username: 'jane.doe@example.com', action: 'Log in' },
].map(({ at, ...event }) => ({ atMicros: Date.parse(at) * 1_000, ipAddress: '192.0.2.10', subject: '', ...event }));

/** A fresh copy of the example company; ids are the same every time. */
export function seedDirectory(): SeedDirectory {
  const users = SEED_PEOPLE.map((person, index) => ({
    userId: String(400_000_001 + index),
    created: '2023-05-11 11:02:26',
    lastLogin: '2026-01-13 09:20:59',
    isDisabled: false,
    isAdmin: false,
    isDirectoryManaged: false,
    isPasswordResetRequired: false,
    groups: [],
    ...person,
  }));
  return structuredClone({ users, invited: INVITED, folders: [...FOLDERS], events: [...EVENTS] });
}
