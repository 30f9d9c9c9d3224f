import { expect, test } from 'vitest';
import { assertSupportedCommand, SUPPORTED_COMMANDS } from '../../../lambdas/lastpass/contract.ts';

test.each(['pushsites', 'pushsitestousers', 'PushSitesToUsers'])('%s is refused with the reason', (name) => {
  expect(() => assertSupportedCommand(name)).toThrow(
    expect.objectContaining({
      name: 'UnsupportedCommandError',
      message: expect.stringContaining('LastPass removed pushing password apps'),
    }),
  );
});

test.each(['', 'massdisablemultifactor', 'getreport'])(
  'a command that LastPass does not document is refused: "%s"',
  (name) => {
    expect(() => assertSupportedCommand(name)).toThrow('use one of getuserdata');
  },
);

test.each(SUPPORTED_COMMANDS)('%s is supported', (name) => {
  expect(() => assertSupportedCommand(name)).not.toThrow();
});
