import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: what makes a link impossible to guess. */
const LINK_ID_BYTES = 32;

/** What a link id looks like: 32 bytes in base64url without padding. */
export const LINK_ID_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Where approval links live below the page's origin. */
export const APPROVAL_PATH = '/approvals';

export function createLinkId(): string {
  return randomBytes(LINK_ID_BYTES).toString('base64url');
}

/** Only this is stored. Looking a link up by its hash also keeps the comparison from leaking anything through time. */
export function hashLinkId(linkId: string): string {
  return createHash('sha256').update(linkId, 'utf8').digest('hex');
}

export function approvalUrl(baseUrl: string, linkId: string): string {
  return `${baseUrl}${APPROVAL_PATH}/${linkId}`;
}
