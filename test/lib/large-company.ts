/** Fifty approvers, each with what an approver may have. */
const approvers = Array.from({ length: 50 }, (_, n) => ({
  email: `jane.doe.${n}@subsidiary-with-a-long-name.example.com`,
  displayName: `Jane Doe of department ${n}`,
  role: n % 2 === 0 ? 'security' : 'human resources',
  timeZone: 'America/Argentina/ComodRivadavia',
  slackUserId: `U0123456${100 + n}`,
  deputy: { email: `sam.smith.${n}@example.com`, displayName: `Sam Smith ${n}`, slackUserId: `U0765432${100 + n}` },
}));

const fallbackApprovers = Array.from({ length: 10 }, (_, n) => ({
  email: `fran.fallback.${n}@example.com`,
  displayName: `Fran Fallback ${n}`,
  role: 'management',
}));

/** Thirty HR systems with names as long as they may be; each sends webhooks, and its API is read. */
const hrSystems = Array.from({ length: 30 }, (_, n) => ({
  name: `hr-system-with-a-long-name-n${10 + n}`,
  kind: 'bamboohr',
  settings: { companyDomain: `company-${n}` },
}));

/** The configuration of a company that is larger than the variables of its functions. */
export const LARGE_COMPANY = {
  approvers,
  fallbackApprovers,
  hrSystems,
  companyDomains: Array.from({ length: 5 }, (_, n) => `subsidiary-${n}.example.com`),
  dotlessDomains: Array.from({ length: 5 }, (_, n) => `subsidiary-${n}.example.com`),
  locations: Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`Office ${n} of a city`, 'America/Argentina/ComodRivadavia']),
  ),
  protectedAccounts: Array.from({ length: 40 }, (_, n) => `break-glass-${n}@example.com`),
};
