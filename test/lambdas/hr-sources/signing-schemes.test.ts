import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHrSource } from '../../../lambdas/hr-sources/vendors/hr-sources.ts';
import { SYSTEMS } from './read-fixture.ts';
import { SCHEMES, type SchemeCase, SENT_SECONDS } from './signing-schemes.ts';

const BODIES = 400;
const MAPPING = {
  when: "type == 'terminated'",
  event: 'Employee Rehired',
  fields: { terminationId: 'id', employeeId: 'id', eventId: 'id', occurredAt: 'at' },
};

type Headers = Readonly<Record<string, string>>;

function isAccepted(
  { kind = 'generic', signature, key }: SchemeCase,
  body: Uint8Array,
  headers: Headers,
  secret = { signingKey: key },
) {
  const vendor = SYSTEMS.find((system) => system.kind === kind);
  const settings = vendor?.settings ?? { signature, events: [MAPPING] };
  return findHrSource(kind)?.verify?.({ body, headers }, { settings, secret })?.kind === 'genuine';
}

/** Bytes that are no text, texts of every script, nothing at all, and as much as is taken; with a time where one must be. */
function bodyOf({ saysTime }: SchemeCase): fc.Arbitrary<Uint8Array> {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.integer({ min: 1, max: 120 * 1024 }).map((length) => 'ü'.repeat(length / 2)),
  );
  if (saysTime) {
    return fc
      .oneof({ weight: 20, arbitrary: text }, { weight: 1, arbitrary: fc.constant('') })
      .map((note) => Buffer.from(JSON.stringify({ timestamp: Number(SENT_SECONDS), note })));
  }
  return fc.oneof(
    { weight: 6, arbitrary: text.map((one) => Buffer.from(one)) },
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.constant(new Uint8Array()) },
  );
}

function withBitFlipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const byte = Math.floor(at / 8);
  changed[byte] = (changed[byte] ?? 0) ^ (1 << (at % 8));
  return changed;
}

/** Headers are bytes on the wire; a client hands them on as Latin-1. */
function withHeaderBitFlipped(headers: Headers, name: string, at: number): Headers {
  const changed = withBitFlipped(Buffer.from(headers[name] ?? '', 'latin1'), at);
  return { ...headers, [name]: Buffer.from(changed).toString('latin1') };
}

describe.each(SCHEMES)('$name', (scheme) => {
  const { sign, key, isBodySigned = true } = scheme;

  it(`${BODIES} random bodies are accepted when right, and refused when one bit is changed in what proves them`, () => {
    fc.assert(
      fc.property(bodyOf(scheme), fc.nat(), (body, chance) => {
        const headers = sign(body, key);
        expect(isAccepted(scheme, body, headers)).toBe(true);
        for (const name of Object.keys(headers)) {
          const at = chance % ((headers[name] ?? '').length * 8);
          expect(isAccepted(scheme, body, withHeaderBitFlipped(headers, name, at))).toBe(false);
        }
        if (!isBodySigned || body.length === 0) return;
        expect(isAccepted(scheme, withBitFlipped(body, chance % (body.length * 8)), headers)).toBe(false);
      }),
      { numRuns: BODIES, seed: 20_260_124 },
    );
  });

  it('every single bit of every header counts, and of the body too', () => {
    const body = Buffer.from(`{"timestamp":${SENT_SECONDS},"id":"Zoë 🙂"}`);
    const headers = sign(body, key);
    for (const [name, value] of Object.entries(headers)) {
      for (let at = 0; at < value.length * 8; at += 1) {
        const accepted = isAccepted(scheme, body, withHeaderBitFlipped(headers, name, at));
        expect(accepted, `${name}, bit ${at}`).toBe(false);
      }
    }
    for (let at = 0; isBodySigned && at < body.length * 8; at += 1) {
      expect(isAccepted(scheme, withBitFlipped(body, at), headers), `body, bit ${at}`).toBe(false);
    }
  });

  it('nothing counts without one of its headers, with one cut short or longer, or by another key', () => {
    const body = Buffer.from(`{"timestamp":${SENT_SECONDS}}`);
    const headers = sign(body, key);
    for (const [name, value] of Object.entries(headers)) {
      const { [name]: _, ...others } = headers;
      expect(isAccepted(scheme, body, others)).toBe(false);
      // Merge's padding may be there or not: that alone is no change.
      const isMerge = scheme.name.startsWith('Merge');
      const [longer, shorter] = isMerge ? [`${value}==`, value.slice(0, -2)] : [`${value}=`, value.slice(0, -1)];
      for (const changed of [longer, shorter, `${value}A`, `${value} `, ` ${value}`, value.slice(1)]) {
        expect(isAccepted(scheme, body, { ...headers, [name]: changed }), changed).toBe(false);
      }
    }
    const otherKey = `${key.slice(0, 10)}${[...key.slice(10)].reverse().join('')}`;
    expect(isAccepted(scheme, body, sign(body, otherKey))).toBe(false);
  });

  it('while our key is being replaced, the one before it may sign too', () => {
    const body = Buffer.from(`{"timestamp":${SENT_SECONDS}}`);
    const signingKey = scheme.key.startsWith('an-')
      ? 'the-next-key-of-a-company'
      : Buffer.alloc(24, 7).toString('base64');
    const secret = { signingKey, previousSigningKey: key };
    expect(isAccepted(scheme, body, sign(body, key), secret)).toBe(true);
    expect(isAccepted(scheme, body, sign(body, key), { signingKey })).toBe(false);
  });
});
