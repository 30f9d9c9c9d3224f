/**
 * A refusal in AWS's own words: `code` is what an SDK or the AWS CLI shows as the error's name, so that code under
 * test meets the same names here as on AWS. Never put a token, a secret or personal data into `message`.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}
