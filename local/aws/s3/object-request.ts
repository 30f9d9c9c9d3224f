import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';
import type { BucketResource } from '../template/resources.ts';
import type { ObjectStore } from './object-store.ts';

/** A request for one object of a bucket that exists. */
export interface ObjectRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bucket: BucketResource;
  readonly store: ObjectStore;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** What the local S3 does not do is refused by its name, never taken for something that it does. */
export function notImplemented(request: IncomingMessage, subresource: string | undefined): AwsError {
  const operation = subresource === undefined ? request.method : `${request.method} ?${subresource}`;
  return new AwsError('NotImplemented', `the local S3 does not know ${operation}`, 501);
}
