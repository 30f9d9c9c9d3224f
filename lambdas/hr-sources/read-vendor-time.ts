const UNIX_SECONDS = /^\d{9,11}$/;
const UNIX_MILLISECONDS = /^\d{12,14}$/;
// `+0000` without a colon is what some vendors write.
const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * A moment as vendors write them: Unix seconds or milliseconds, as number or text, or ISO 8601 with an offset. Which of
 * the two Unix forms it is shows in its length: seconds have nine to eleven digits from 1973 to 5138.
 * `undefined` for everything else: a time without an offset names no moment.
 */
export function readVendorTime(value: unknown): Date | undefined {
  const text = typeof value === 'number' ? String(Math.trunc(value)) : value;
  if (typeof text !== 'string') return undefined;
  if (UNIX_SECONDS.test(text)) return new Date(Number(text) * 1000);
  if (UNIX_MILLISECONDS.test(text)) return new Date(Number(text));
  const moment = ISO_WITH_OFFSET.test(text) ? new Date(text) : undefined;
  return moment && !Number.isNaN(moment.getTime()) ? moment : undefined;
}
