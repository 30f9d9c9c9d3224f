import { CASE_ID_START } from '../domain/case-id.ts';
import { sha256 } from '../domain/evidence.ts';

/** Keys of the one table. `lib` creates it with these names; nothing else spells them. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
export type TableKey = Readonly<Record<typeof PARTITION_KEY | typeof SORT_KEY, string>>;

/** Seconds since the epoch after which an item is of no use; DynamoDB removes it some time later. */
export const EXPIRY_ATTRIBUTE = 'expiresAtEpochSeconds';

/** Cases by status, the longest unchanged first; also lists parked events. */
export const STATUS_INDEX = 'byStatus';
export const STATUS_INDEX_PARTITION_KEY = 'status';
export const STATUS_INDEX_SORT_KEY = 'updatedAt';

/** How partition keys begin, by what lies under them; the rights of functions are limited by it. */
export const KEY_STARTS = {
  /** Cases, with task tokens, news and messages in Slack beside them. */
  case: CASE_ID_START,
  leaver: 'leaver-',
  employee: 'employee-',
  /** Links, with their challenges beside them. */
  link: 'link-',
  parked: 'parked-',
  identity: 'identity-',
  reinstatements: 'reinstatements-',
  /** Pauses of what cannot be undone, and what leads to them. */
  brake: 'brake-',
  slackNonce: 'slack-nonce-',
  hrDelivery: 'hr-delivery-',
  source: 'source-',
} as const;
export type KeyStart = (typeof KEY_STARTS)[keyof typeof KEY_STARTS];

/** Conditions of a put: whether an item lies under its key. */
export const ABSENT = `attribute_not_exists(${PARTITION_KEY})`;
export const PRESENT = `attribute_exists(${PARTITION_KEY})`;

/** An attribute's name for an expression: one that such items do not have does not compile. */
export function attributeOf<Item>(name: keyof Item & string): string {
  return name;
}

export const CASE_SORT_KEY = 'case';

export function caseKey(caseId: string): TableKey {
  return { pk: caseId, sk: CASE_SORT_KEY };
}

/** By the address's hash: who may list keys learns nobody's address. */
export function leaverKey(addressHash: string): TableKey {
  return { pk: `${KEY_STARTS.leaver}${addressHash}`, sk: 'leaver' };
}

/** Beside it, by the folded address: a case that was reported under another spelling of it. */
export function leaverAliasKey(addressHash: string, caseId: string): TableKey {
  return { pk: leaverKey(addressHash).pk, sk: caseId };
}

/** By a hash of the system and its id of the employee. */
export function employeeKey(personHash: string, what: 'case' | 'active'): TableKey {
  return { pk: `${KEY_STARTS.employee}${personHash}`, sk: what };
}

export function taskTokenKey(caseId: string, executionHash: string): TableKey {
  return { pk: caseId, sk: `task-token-${executionHash}` };
}

/** How far a read of everybody at LastPass has come, for one execution. */
export function directoryReadingKey(caseId: string, name: string, executionHash: string): TableKey {
  return { pk: caseId, sk: `directory-reading-${name}-${executionHash}` };
}

/** Where older code kept the token of whichever execution asked last. */
export function formerTaskTokenKey(caseId: string): TableKey {
  return { pk: caseId, sk: 'task-token' };
}

/** One for each piece of news of a decision. */
export function decisionNewsKey(caseId: string, kind: string, decisionId: string): TableKey {
  return { pk: caseId, sk: `decision-news-${kind}-${decisionId}` };
}

export const SLACK_MESSAGE_START = 'slack-message-';

export function slackMessageKey(caseId: string, messageHash: string): TableKey {
  return { pk: caseId, sk: `${SLACK_MESSAGE_START}${messageHash}` };
}

export function linkKey(linkHash: string): TableKey {
  return { pk: `${KEY_STARTS.link}${linkHash}`, sk: 'link' };
}

/** Challenges lie beside their link's item, one of each kind. */
export function challengeKey(linkHash: string, kind: 'code-challenge' | 'sign-in-challenge'): TableKey {
  return { pk: linkKey(linkHash).pk, sk: kind };
}

export function parkedKey(parkedId: string): TableKey {
  return { pk: `${KEY_STARTS.parked}${parkedId}`, sk: 'parked' };
}

/** A hash, so that keys, which reach AWS's own logs, name nobody. */
export function identityKey(hrAddress: string): TableKey {
  return { pk: `${KEY_STARTS.identity}${sha256(hrAddress.trim().toLowerCase())}`, sk: 'identity' };
}

/** How many accounts a system had enabled again, lately. */
export function reinstatementsKey(source: string): TableKey {
  return { pk: `${KEY_STARTS.reinstatements}${sha256(source)}`, sk: 'reinstatements' };
}

/** Where pauses lie, each under its number. */
export const PAUSES = `${KEY_STARTS.brake}pauses`;

/** Numbers sort as texts do. */
export function pauseKey(number: number): TableKey {
  return { pk: PAUSES, sk: String(number).padStart(8, '0') };
}

/** Where the leavers lie that were reported since the pause of this number, or since the first day. */
export function leaversSince(pauseNumber: number): string {
  return `${KEY_STARTS.brake}leavers-${pauseNumber}`;
}

/** By the time of the report, so that an hour of them is one query. */
export function countedLeaverKey(pauseNumber: number, { at, id }: { at: string; id: string }): TableKey {
  return { pk: leaversSince(pauseNumber), sk: `${at} ${id}` };
}

/** How many accounts there were when they were last read. */
export const DIRECTORY_SIZE_KEY: TableKey = { pk: `${KEY_STARTS.brake}directory`, sk: 'size' };

/** Hashed, so that who reads the table cannot send a request of the last minutes again. */
export function slackNonceKey(nonce: string): TableKey {
  return { pk: `${KEY_STARTS.slackNonce}${sha256(nonce)}`, sk: 'slack-nonce' };
}

export function hrDeliveryKey(deliveryHash: string): TableKey {
  return { pk: `${KEY_STARTS.hrDelivery}${deliveryHash}`, sk: 'hr-delivery' };
}

/** When an HR source was heard last, and since when it is watched: whoever hears and whoever watches write different items. */
export function sourceKey(system: string, what: 'heard' | 'watched'): TableKey {
  return { pk: `${KEY_STARTS.source}${system}`, sk: what };
}
