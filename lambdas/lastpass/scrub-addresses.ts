// A quoted local part may hold spaces; apostrophes are common in names and stay part of the match.
const ADDRESS = /(?:"[^"]*"|[^\s<>",;:()[\]]+)@[^\s<>",;:()[\]]+/gu;

const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/** Long enough for every answer recorded so far, short enough for one log line. */
const MAX_LENGTH = 200;

/** LastPass's own words, fit for an error message: one line, cut short, every e-mail address replaced. */
export function scrubAddresses(text: string): string {
  const oneLine = text.slice(0, 10 * MAX_LENGTH).replace(CONTROL_CHARACTERS, ' ');
  const scrubbed = oneLine.replace(ADDRESS, '<address>');
  return scrubbed.length > MAX_LENGTH ? `${scrubbed.slice(0, MAX_LENGTH)}…` : scrubbed;
}
