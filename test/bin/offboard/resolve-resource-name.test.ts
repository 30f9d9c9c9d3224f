import { describe, expect, it } from 'vitest';
import { resolveResourceName } from '../../../bin/offboard/connection/resolve-resource-name.ts';

const wanted = {
  stack: 'LastPassOffboarding',
  resource: 'EvidenceBucket',
  option: '--bucket',
  output: 'EvidenceBucketName',
};
const DEPLOYED = 'lastpassoffboarding-evidencebucketfba44255-1a2b3c4d5e6f';
const ACCESS_LOG = 'lastpassoffboarding-evidencebucketaccesslogfbd33168-0a0b0c0d0e0f';

describe('finding a resource by its stack', () => {
  it.each([
    { where: 'on AWS', names: ['other-bucket', ACCESS_LOG, DEPLOYED], found: DEPLOYED },
    {
      where: 'locally',
      names: ['evidencebucketaccesslogfbd33168', 'evidencebucketfba44255'],
      found: 'evidencebucketfba44255',
    },
  ])('$where the evidence is told from its access log', ({ names, found }) => {
    expect(resolveResourceName(names, wanted)).toBe(found);
  });

  it.each([
    { what: 'nothing', names: [ACCESS_LOG, 'staging-evidencebucketfba44255-1a2b3c4d5e6f'] },
    { what: 'more than one', names: [DEPLOYED, DEPLOYED.replace('1a2b', '9f9f')] },
  ])('$what is not guessed at: the option that settles it is named', ({ names, what }) => {
    expect(() => resolveResourceName(names, wanted)).toThrow(new RegExp(`^${what}.*--bucket.*EvidenceBucketName`));
  });
});
