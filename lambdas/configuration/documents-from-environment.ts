import { S3Client } from '@aws-sdk/client-s3';
import { s3Documents } from './s3-documents.ts';

// Two tries of four seconds at most each: who waits behind this for an answer has ten.
const TRIES = 2;
const CONNECTION_TIMEOUT_MS = 1_000;
const ANSWER_TIMEOUT_MS = 3_000;

/** Documents of the S3 that the environment leads to. */
export const fetchDocument = s3Documents(
  new S3Client({
    maxAttempts: TRIES,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      socketTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  }),
);
