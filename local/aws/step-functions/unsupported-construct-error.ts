/** The definition has something that the local interpreter would run otherwise than AWS does. */
export class UnsupportedConstructError extends Error {
  override readonly name = 'UnsupportedConstructError';

  constructor(stateName: string, construct: string, remedy: string) {
    super(`state "${stateName}": ${construct} does not run here as it does on AWS; ${remedy}`);
  }
}
