/** A clock that stands still until a test moves it. */
export class MovableClock {
  #ms: number;

  constructor(iso: string) {
    this.#ms = Date.parse(iso);
  }

  readonly now = (): Date => new Date(this.#ms);

  set(iso: string): void {
    this.#ms = Date.parse(iso);
  }

  advance(by: { readonly seconds?: number; readonly ms?: number }): void {
    this.#ms += (by.seconds ?? 0) * 1000 + (by.ms ?? 0);
  }
}
