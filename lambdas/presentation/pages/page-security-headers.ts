import { createHash } from 'node:crypto';
import { STYLESHEET } from './page-styles.ts';

const stylesheetHash = createHash('sha256').update(STYLESHEET).digest('base64');

/**
 * Headers of every approval page. The page has no script, image, font, frame or foreign address, and the policy says
 * so: a name that slipped through escaping still could not load or send anything.
 */
export const PAGE_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${stylesheetHash}'`,
    "img-src 'none'",
    "script-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  // The page and its address are for one person, now: not for a shared disk and not for the back button of tomorrow.
  'cache-control': 'no-store',
  // Not `no-referrer`: with it browsers send `Origin: null` with the form, and a form posted by a foreign page could
  // not be told from ours. `same-origin` keeps the link from every other site just the same.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-robots-tag': 'noindex, nofollow, noarchive',
};
