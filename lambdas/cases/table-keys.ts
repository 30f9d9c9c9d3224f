import { sha256 } from '../domain/evidence.ts';

/** Keys of the one table. `lib` creates it with these names; nothing else spells them. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** Seconds since the epoch after which an item is of no use; DynamoDB removes it some time later. */
export const EXPIRY_ATTRIBUTE = 'expiresAtEpochSeconds';

/** Cases by status, the longest unchanged first; also lists parked events. */
export const STATUS_INDEX = 'byStatus';
export const STATUS_INDEX_PARTITION_KEY = 'status';
export const STATUS_INDEX_SORT_KEY = 'updatedAt';

export function caseKey(caseId: string) {
  return { pk: caseId, sk: 'case' };
}

/** By the address's hash: who may list keys learns nobody's address. */
export function leaverKey(addressHash: string) {
  return { pk: `leaver-${addressHash}`, sk: 'leaver' };
}

/** By a hash of the system and its id of the employee. */
export function employeeKey(personHash: string, what: 'case' | 'active') {
  return { pk: `employee-${personHash}`, sk: what };
}

/** Beside it, by the folded address: a case that was reported under another spelling of it. */
export function leaverAliasKey(addressHash: string, caseId: string) {
  return { pk: leaverKey(addressHash).pk, sk: caseId };
}

export function taskTokenKey(caseId: string, executionHash: string) {
  return { pk: caseId, sk: `task-token-${executionHash}` };
}

/** One for each piece of news of a decision. */
export function decisionNewsKey(caseId: string, kind: string, decisionId: string) {
  return { pk: caseId, sk: `decision-news-${kind}-${decisionId}` };
}

/** Where older code kept the token of whichever execution asked last. */
export function formerTaskTokenKey(caseId: string) {
  return { pk: caseId, sk: 'task-token' };
}

export function linkKey(linkHash: string) {
  return { pk: `link-${linkHash}`, sk: 'link' };
}

export const PARKED_PREFIX = 'parked-';

export function parkedKey(parkedId: string) {
  return { pk: `${PARKED_PREFIX}${parkedId}`, sk: 'parked' };
}

/** A hash, so that keys, which reach AWS's own logs, name nobody. */
export function identityKey(hrAddress: string) {
  return { pk: `identity-${sha256(hrAddress.trim().toLowerCase())}`, sk: 'identity' };
}

/** How many accounts a system had enabled again, lately. */
export function reinstatementsKey(source: string) {
  return { pk: `reinstatements-${sha256(source)}`, sk: 'reinstatements' };
}
