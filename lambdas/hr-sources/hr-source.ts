import type * as z from 'zod';
import type { CanonicalEvent } from '../domain/hr-events/canonical-event.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';

/** A webhook delivery, its body byte for byte: signatures are over bytes. */
export interface WebhookDelivery {
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What a source's own signing rule says about a delivery. */
export type Verification =
  | {
      readonly kind: 'genuine';
      /**
       * When it was sent, by a clock that the signature covers: old ones are refused. `undefined` where nothing that is
       * signed says so: the same bytes are then taken once and never again. Refusing them instead would lose what a
       * vendor did sign.
       */
      readonly sentAt: Date | undefined;
      /**
       * The same bytes without a time may say something new: what they mean is read from the API when they come, or only a
       * token vouches for them, which whoever recorded one has anyway. Each counts as sent when it came.
       */
      readonly mayRecur?: boolean;
      /** In place of the kind's own, where the settings say how old a delivery may be. */
      readonly maxAgeSeconds?: number;
    }
  | { readonly kind: 'refused'; readonly why: string };

/** What a notification comes to. `nothing` is a notification that has nothing to do with anybody leaving. */
export type Translation =
  | {
      readonly kind: 'events';
      readonly events: readonly CanonicalEvent[];
      /** What else was in the notification and cannot be read: it is parked, and holds up nobody else's event. */
      readonly faults?: readonly EventFault[];
    }
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'fault'; readonly faults: readonly EventFault[] };

/** A read of the HR system's own API. The path begins with a slash and goes behind the configured address. */
export interface HrApiRequest {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, for HR systems that spell a read as POST. Without it the read is a GET. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface TranslationContext {
  /** Name of the HR system in the configuration. */
  readonly system: string;
  /** When the notification reached us, ISO 8601 UTC. */
  readonly receivedAt: string;
  /**
   * JSON from the HR system's API.
   * @throws HrSystemUnavailableError when trying again may help, HrSystemRefusedError when it will not
   */
  readonly readApi: (request: HrApiRequest) => Promise<unknown>;
}

/** Which of an EventBridge partner's events matter, and over which bus they come. */
export interface PartnerEvents<Settings> {
  readonly busOf: (settings: Settings) => string;
  readonly detailType: string;
  /** Values that fields of `detail` must have, in the form of an event pattern. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The API of an HR system, by its settings. */
export interface HrSourceApi {
  readonly url: string;
  /** What its secret holds, as the operator puts it. */
  readonly secret: z.ZodType;
  /** Headers that authenticate, from the secret. */
  readonly headers: (secret: unknown) => Readonly<Record<string, string>>;
  /** Where the tokens in its secret are renewed (`oauth-tokens.ts`), which are then stored back. */
  readonly tokenUrl?: string;
}

/** One kind of HR system: how its deliveries are signed and what they mean. One file each; `hr-sources.ts` lists them. */
export interface HrSource {
  readonly kind: string;
  /** How notifications come: by webhook, or as events of an EventBridge partner. */
  readonly comesBy: 'webhook' | 'partner event bus';
  /** What this kind needs in the configuration beyond `name`, `kind` and `silentAfterDays`. Each field has a description. */
  readonly settings: z.ZodType;
  readonly partnerEvents?: PartnerEvents<unknown>;
  /** Where a delivery that is older than this must have been replayed, seconds. */
  readonly maxAgeSeconds: number;
  /** What the webhook's secret holds, as the operator puts it; absent for partner event buses. */
  readonly webhookSecret?: z.ZodType;
  /** In its place, where the settings say how its keys are written. */
  readonly webhookSecretFor?: (settings: unknown) => z.ZodType;
  /** A webhook's body as the payload to translate, where it is not plainly a JSON object. `undefined` when it is none. */
  readonly payloadIn?: (body: string, settings: unknown) => Readonly<Record<string, unknown>> | undefined;
  /** The HR system's API; `undefined` where notifications say everything. */
  readonly apiOf?: (settings: unknown) => HrSourceApi | undefined;
  readonly verify?: (
    delivery: WebhookDelivery,
    keys: { readonly settings: unknown; readonly secret: unknown },
  ) => Verification;
  /** Reads a notification's payload: a webhook's body as JSON, or a partner's whole event. */
  readonly translate: (payload: unknown, settings: unknown, context: TranslationContext) => Promise<Translation>;
}

/** A source in the types of its own settings and secrets; each is parsed by its schema before it is handed on. */
interface TypedHrSource<Settings, WebhookSecret, ApiSecret> {
  readonly kind: string;
  readonly comesBy: HrSource['comesBy'];
  readonly settings: z.ZodType<Settings>;
  readonly partnerEvents?: PartnerEvents<Settings>;
  readonly maxAgeSeconds?: number;
  readonly webhookSecret?: z.ZodType<WebhookSecret>;
  readonly webhookSecretFor?: (settings: Settings) => z.ZodType<WebhookSecret>;
  readonly payloadIn?: (body: string, settings: Settings) => Readonly<Record<string, unknown>> | undefined;
  /** Whichever the settings name; the three below are for a kind that always has the same. */
  readonly apiOf?: (settings: Settings) => HrSourceApi | undefined;
  readonly apiSecret?: z.ZodType<ApiSecret>;
  readonly apiUrl?: (settings: Settings) => string;
  readonly apiHeaders?: (secret: ApiSecret) => Readonly<Record<string, string>>;
  readonly tokenUrl?: (settings: Settings) => string;
  readonly verify?: (
    delivery: WebhookDelivery,
    keys: { readonly settings: Settings; readonly secret: WebhookSecret },
  ) => Verification;
  readonly translate: (payload: unknown, settings: Settings, context: TranslationContext) => Promise<Translation>;
}

/** Five minutes: what vendors that sign a time of sending allow themselves. */
const DEFAULT_MAX_AGE_SECONDS = 300;

/** Lets differently typed sources stand in one list. */
export function defineHrSource<Settings, WebhookSecret = never, ApiSecret = never>(
  source: TypedHrSource<Settings, WebhookSecret, ApiSecret>,
): HrSource {
  const { settings, partnerEvents, webhookSecret, webhookSecretFor, payloadIn, verify, translate } = source;
  const apiOf = source.apiOf ?? fixedApi(source);
  return {
    kind: source.kind,
    comesBy: source.comesBy,
    settings,
    maxAgeSeconds: source.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS,
    ...(partnerEvents && {
      partnerEvents: { ...partnerEvents, busOf: (given: unknown) => partnerEvents.busOf(settings.parse(given)) },
    }),
    ...(webhookSecret && { webhookSecret }),
    ...(webhookSecretFor && { webhookSecretFor: (given: unknown) => webhookSecretFor(settings.parse(given)) }),
    ...(payloadIn && { payloadIn: (body: string, given: unknown) => payloadIn(body, settings.parse(given)) }),
    ...(apiOf && { apiOf: (given: unknown) => apiOf(settings.parse(given)) }),
    ...(verify &&
      webhookSecret && {
        verify: (delivery: WebhookDelivery, keys: { readonly settings: unknown; readonly secret: unknown }) =>
          verify(delivery, { settings: settings.parse(keys.settings), secret: webhookSecret.parse(keys.secret) }),
      }),
    translate: (payload, given, context) => translate(payload, settings.parse(given), context),
  };
}

function fixedApi<Settings, ApiSecret>({
  apiSecret,
  apiUrl,
  apiHeaders,
  tokenUrl,
}: Pick<TypedHrSource<Settings, unknown, ApiSecret>, 'apiSecret' | 'apiUrl' | 'apiHeaders' | 'tokenUrl'>) {
  if (!apiSecret || !apiUrl || !apiHeaders) return undefined;
  return (settings: Settings): HrSourceApi => ({
    url: apiUrl(settings),
    secret: apiSecret,
    headers: (secret) => apiHeaders(apiSecret.parse(secret)),
    ...(tokenUrl && { tokenUrl: tokenUrl(settings) }),
  });
}
