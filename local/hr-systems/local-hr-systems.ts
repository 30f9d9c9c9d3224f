import { OWN_ORIGIN } from '../aws/protocol/own-origin.ts';
import { GENERIC_HR_SYSTEMS } from './generic-hr-systems.ts';

/** One HR system of the local run, with secrets that protect nothing. */
export interface LocalHrSystem {
  /** Also its kind, unless `kind` says otherwise. */
  readonly name: string;
  readonly kind?: string;
  /** As people call it. */
  readonly title: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What webhooks are signed with. */
  readonly signingKey?: string;
  /** What the API's secret holds, and what must come of it in a header: `authorization`, unless it is another. */
  readonly api?:
    | {
        readonly secret: Readonly<Record<string, string>>;
        readonly header?: string | undefined;
        readonly authorization: string;
      }
    | undefined;
}

/** The bus that Okta's log stream would make in the account. */
export const LOCAL_OKTA_BUS = 'aws.partner/okta.com/example/offboarding';

/** Zones of the places that the samples name. */
export const LOCAL_LOCATIONS: Readonly<Record<string, string>> = {
  Melbourne: 'Australia/Melbourne',
  'San Francisco, CA': 'America/Los_Angeles',
};

/** Where the local run answers for the APIs of HR systems. */
export const HR_API_PATH = '/hr-api/';

/** One HR system of every kind that is understood; others that come by the generic webhook are given to a run with their samples. */
export const LOCAL_HR_SYSTEMS: readonly LocalHrSystem[] = [
  { name: 'okta', title: 'Okta', settings: { eventBus: LOCAL_OKTA_BUS } },
  {
    name: 'bamboohr',
    title: 'BambooHR',
    settings: { companyDomain: 'example', apiUrl: apiUrlOf('bamboohr') },
    signingKey: 'local-signing-key-of-bamboohr',
    api: {
      secret: { apiKey: 'local-api-key-of-bamboohr' },
      authorization: basic('local-api-key-of-bamboohr', 'x'),
    },
  },
  {
    name: 'hibob',
    title: 'HiBob',
    settings: { apiUrl: apiUrlOf('hibob') },
    signingKey: 'local-signing-key-of-hibob',
    api: {
      secret: { serviceUserId: 'SERVICE-1', token: 'local-token-of-hibob' },
      authorization: basic('SERVICE-1', 'local-token-of-hibob'),
    },
  },
  {
    name: 'gusto',
    title: 'Gusto',
    settings: { apiUrl: apiUrlOf('gusto') },
    signingKey: 'local-signing-key-of-gusto',
    api: {
      secret: { accessToken: 'local-token-of-gusto' },
      authorization: 'Bearer local-token-of-gusto',
    },
  },
  { name: 'peopleforce', title: 'PeopleForce', settings: {}, signingKey: 'local-signing-key-of-peopleforce' },
  ...GENERIC_HR_SYSTEMS,
];

/** Those of a run, with what it was given beyond them or in the place of one of the same name. */
export function localHrSystems(given: readonly LocalHrSystem[] = []): readonly LocalHrSystem[] {
  const names = new Set(given.map(({ name }) => name));
  return [...LOCAL_HR_SYSTEMS.filter(({ name }) => !names.has(name)), ...given];
}

/** What the run's configuration says about them. */
export function configuredHrSystems(given?: readonly LocalHrSystem[]): readonly Readonly<Record<string, unknown>>[] {
  return localHrSystems(given).map(({ name, kind = name, settings }) => ({ name, kind, settings }));
}

function apiUrlOf(name: string): string {
  return `${OWN_ORIGIN}${HR_API_PATH}${name}`;
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
