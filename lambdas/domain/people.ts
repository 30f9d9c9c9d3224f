import { domainToUnicode } from 'node:url';
import * as z from 'zod';
import { asItLooks } from './likeness/look-alikes.ts';

/** What a company says about its addresses. */
export const peopleRulesSchema = z.object({
  /** Within these, and nowhere else, HR may name somebody who is to be asked. */
  companyDomains: z.array(z.string()).default([]),
  /** Domains whose mail system ignores dots before the @. */
  dotlessDomains: z.array(z.string()).default([]),
});
export type PeopleRules = z.infer<typeof peopleRulesSchema>;

/** Somebody, as far as it takes to tell whether two are one. */
export interface Somebody {
  readonly email: string;
  readonly slackUserId?: string | undefined;
}

/**
 * Tells whether two addresses may be one person's, to judge conflicts of interest: in doubt they are. Never to find a
 * LastPass account, where a doubt must not reach anybody: that is `isSameAddress`.
 */
export interface People {
  isSame(one: Somebody, other: Somebody): boolean;
  isAnyOf(person: Somebody, others: readonly Somebody[]): boolean;
  /** The same text for every address that counts as the same person's. */
  fold(address: string): string;
  /** Within the configured domains, letter by letter; a subdomain is another domain. */
  isOfCompany(address: string): boolean;
}

export function createPeople({ companyDomains, dotlessDomains }: PeopleRules): People {
  const dotless = new Set(dotlessDomains.map(foldDomain));
  const ofCompany = new Set(companyDomains.map((domain) => domain.toLowerCase()));
  const fold = (address: string) => foldAddress(address, dotless);
  const isSame = (one: Somebody, other: Somebody) =>
    fold(one.email) === fold(other.email) || (one.slackUserId !== undefined && one.slackUserId === other.slackUserId);
  return {
    fold,
    isSame,
    isAnyOf: (person, others) => others.some((other) => isSame(person, other)),
    isOfCompany: (address) => ofCompany.has(onlyDomainOf(address)?.toLowerCase() ?? ''),
  };
}

function foldAddress(address: string, dotless: ReadonlySet<string>): string {
  const seen = asItLooks(address);
  const at = seen.lastIndexOf('@');
  if (at < 0) return seen;
  const domain = foldDomain(seen.slice(at + 1));
  return `${foldMailbox(seen.slice(0, at), dotless.has(domain))}@${domain}`;
}

/** The part before the @, without quotes, comments and what follows a plus. */
function foldMailbox(local: string, isDotless: boolean): string {
  const bare = local.replace(/\([^)]*\)|["\\]/g, '');
  const untagged = bare.replace(/(?<=.)\+.*$/s, '');
  return (isDotless && untagged.replaceAll('.', '')) || untagged;
}

/** Punycode is read first, so that its letters count as what they look like. */
function foldDomain(domain: string): string {
  return asItLooks(domainToUnicode(domain) || domain).replace(/\.+$/, '');
}

/** The domain of a plain address: anything unusual is nobody's of the company. */
function onlyDomainOf(address: string): string | undefined {
  return /^[\w.'+-]+@([a-z0-9.-]+)$/i.exec(address.trim())?.[1];
}
