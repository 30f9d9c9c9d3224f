import { userInfo } from 'node:os';

/** Who is logged in on this machine; for records of who did something, where nobody else was named. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return 'not known';
  }
}
