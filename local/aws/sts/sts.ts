import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../protocol/request-body.ts';

/** The credential that a request is signed with: `AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, …`. */
const CREDENTIAL = /Credential=([^/]+)\/\d{8}\/[^/]+\/sts\//;

export function isForSts({ headers }: IncomingMessage): boolean {
  return CREDENTIAL.test(headers.authorization ?? '');
}

/**
 * Speaks the query protocol of AWS STS, of which one call is used: who signs. Signatures are not checked here, so that it
 * is a user of the name that the access key has.
 */
export function createSts({ accountId }: { readonly accountId: string }) {
  return {
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const action = new URLSearchParams((await readBody(request)).toString('utf8')).get('Action');
      const name = (CREDENTIAL.exec(request.headers.authorization ?? '')?.[1] ?? '').replace(/[^\w+=,.@-]/g, '-');
      const isKnown = action === 'GetCallerIdentity';
      response.writeHead(isKnown ? 200 : 400, { 'content-type': 'text/xml' });
      response.end(isKnown ? identity(accountId, name) : unknownAction());
    },
  };
}
export type LocalSts = ReturnType<typeof createSts>;

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const METADATA = '<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>';

function identity(accountId: string, name: string): string {
  const arn = `<Arn>arn:aws:iam::${accountId}:user/${name}</Arn>`;
  const result = `${arn}<UserId>${name}</UserId><Account>${accountId}</Account>`;
  return `<GetCallerIdentityResponse xmlns="${NAMESPACE}"><GetCallerIdentityResult>${result}</GetCallerIdentityResult>${METADATA}</GetCallerIdentityResponse>`;
}

function unknownAction(): string {
  const error =
    '<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>this call of STS has no local stand-in</Message></Error>';
  return `<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>local</RequestId></ErrorResponse>`;
}
