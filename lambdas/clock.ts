/** The time of day; steps take it as an argument so that tests can move it. */
export function systemClock(): Date {
  return new Date();
}
