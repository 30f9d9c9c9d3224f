/** What of a free signing rule decides whether it proves anything. */
interface SignedTemplate {
  readonly signs: string;
  readonly encoding: string;
  readonly prefix?: string | undefined;
  readonly separator?: 'space' | 'comma' | undefined;
  readonly pairs?: { readonly timestamp: string; readonly signature: string } | undefined;
  readonly timestampHeader?: string | undefined;
  readonly idHeader?: string | undefined;
  readonly sentAt?: string | undefined;
  readonly withoutTime?: true | undefined;
}

interface TemplateFault {
  readonly field: string;
  readonly message: string;
}

const ONLY_KNOWN = /^[^{}]*(?:\{(?:body|timestamp|id)\}[^{}]*)*$/;
const TOUCHING = /\{(?:id|timestamp)\}\{(?:id|timestamp)\}|\{id\}\{body\}|\{body\}\{id\}/;

/** Everything about a signing rule that is missing, proves nothing, or could be read in two ways. */
export function signsFaults(rule: SignedTemplate): readonly TemplateFault[] {
  const template = templateFaults(rule.signs);
  return template.length > 0 ? template : [...timeFaults(rule), ...idFaults(rule), ...headerFaults(rule)];
}

function templateFaults(signs: string): readonly TemplateFault[] {
  const times = (part: string) => signs.split(part).length - 1;
  const faults: (string | false)[] = [
    !ONLY_KNOWN.test(signs) && 'may hold {body}, {timestamp} and {id} only',
    times('{body}') !== 1 && 'must hold {body} once',
    times('{timestamp}') > 1 && 'holds {timestamp} twice',
    times('{id}') > 1 && 'holds {id} twice',
    TOUCHING.test(signs) && 'must have something between its parts: they could be divided in another way',
  ];
  return faults.flatMap((message) => (message === false ? [] : [{ field: 'signs', message }]));
}

/** A delivery that may be repeated at will must be chosen with a word. */
function timeFaults({ signs, timestampHeader, pairs, sentAt, withoutTime }: SignedTemplate): readonly TemplateFault[] {
  const isTimeSigned = signs.includes('{timestamp}');
  const hasPlace = timestampHeader !== undefined || pairs !== undefined;
  const faults: (TemplateFault | false)[] = [
    isTimeSigned && !hasPlace && { field: 'timestampHeader', message: 'is missing: {timestamp} is signed' },
    isTimeSigned && sentAt !== undefined && { field: 'sentAt', message: 'is not needed: {timestamp} is signed' },
    !isTimeSigned &&
      hasPlace && {
        field: pairs ? 'pairs' : 'timestampHeader',
        message: 'proves nothing: {timestamp} is not signed',
      },
    !isTimeSigned &&
      sentAt === undefined &&
      !withoutTime && {
        field: 'sentAt',
        message:
          'is missing: without a signed {timestamp} the body must say it; a vendor that signs no time at all needs "withoutTime": true',
      },
    withoutTime === true &&
      (isTimeSigned || sentAt !== undefined) && {
        field: 'withoutTime',
        message: 'contradicts the time that is signed',
      },
  ];
  return faults.filter((fault) => fault !== false);
}

function idFaults({ signs, idHeader }: SignedTemplate): readonly TemplateFault[] {
  const isSigned = signs.includes('{id}');
  if (isSigned && idHeader === undefined) return [{ field: 'idHeader', message: 'is missing: {id} is signed' }];
  if (!isSigned && idHeader !== undefined)
    return [{ field: 'idHeader', message: 'proves nothing: {id} is not signed' }];
  return [];
}

function headerFaults({ pairs, prefix, separator, timestampHeader }: SignedTemplate): readonly TemplateFault[] {
  if (pairs) {
    const others = { prefix, separator, timestampHeader };
    const faults = Object.entries(others).filter(([, value]) => value !== undefined);
    const apart = faults.map(([field]) => ({ field, message: 'cannot stand beside pairs, which says where it is' }));
    const isSame = pairs.timestamp === pairs.signature;
    return isSame ? [...apart, { field: 'pairs', message: 'must name two fields' }] : apart;
  }
  // `v1,` before each of several that are divided by commas could begin a signature or end one.
  if (separator === 'comma' && prefix?.includes(','))
    return [{ field: 'separator', message: 'stands in the prefix too: signatures could be divided in another way' }];
  if (separator === 'space' && prefix?.includes(' '))
    return [{ field: 'separator', message: 'stands in the prefix too: signatures could be divided in another way' }];
  return [];
}
