/** Chance that is the same in every run (mulberry32): a failure can be looked at again. */
export class SeededChance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  pick<Item>(items: readonly Item[]): Item {
    const [item] = items.slice(Math.floor(this.next() * items.length));
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  isTrue(probability: number): boolean {
    return this.next() < probability;
  }
}
