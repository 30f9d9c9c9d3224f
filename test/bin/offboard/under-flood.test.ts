import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What asks another server than AWS's own. */
const OTHER_REQUESTS = /\bfetch\(|node:https?|undici|APPROVAL_BASE_URL|apiEndpoint/;

it('no command passes through the page’s address: undo works while that is flooded', () => {
  const files = globSync('bin/offboard/**/*.ts');
  const asking = files.filter((file) => OTHER_REQUESTS.test(readFileSync(file, 'utf8')));
  expect(files.length).toBeGreaterThan(30);
  expect(asking).toEqual([]);
  const clients = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/from '(@aws-sdk\/[\w-]+)'/g)]);
  expect(clients.map(([, name]) => name)).not.toContain('@aws-sdk/client-apigatewayv2');
});
