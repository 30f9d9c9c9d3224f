/**
 * Commander repeats what it could not use, and what people mistype on this command line are names and addresses:
 * its messages keep our own words and drop theirs.
 */
export function withoutValues(message: string): string {
  return message
    .replace(/^error: /, 'offboard: ')
    .replace(/ but got (\d+): [\s\S]*\.$/m, ' but got $1; put quotes around a value with spaces')
    .replace(/unknown option '(--?[a-z-]*)[^\n]*'(?=\n|$)/i, "unknown option '$1'")
    .replace(/unknown command '(?![a-z-]{1,20}')[^\n]*'(?=\n|$)/i, 'unknown command');
}
