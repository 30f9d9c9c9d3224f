const HIDDEN = '[hidden]';

/** Text without the secret, also where one part ends and the next begins within it. */
export async function* hideSecret(secret: string, parts: AsyncIterable<string>): AsyncGenerator<string> {
  let heldBack = '';
  for await (const part of parts) {
    const text = (heldBack + part).replaceAll(secret, HIDDEN);
    const end = endOfWholeCharacters(text, text.length - secret.length + 1);
    heldBack = text.slice(end);
    if (end > 0) yield text.slice(0, end);
  }
  yield heldBack;
}

/** No later than `end`, and never between the two halves of a character. */
function endOfWholeCharacters(text: string, end: number): number {
  if (end <= 0) return 0;
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
