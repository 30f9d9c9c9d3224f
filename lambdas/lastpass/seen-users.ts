import { createHash } from 'node:crypto';

/** Who has been listed, by user id: what tells pages that repeat from pages that go on. */
export class SeenUsers {
  readonly #ids = new Set<string | number>();
  /** Of pages that were read before, whose ids are not known here. */
  #before = 0;
  #page = createHash('sha256');
  #listed = 0;

  get size(): number {
    return this.#before + this.#ids.size;
  }

  add(userId: string): void {
    this.#ids.add(compact(userId));
    this.#page.update(`${userId}\n`);
    this.#listed += 1;
  }

  /** Goes on after pages that listed so many, the last of which was added. */
  countBefore(listed: number): void {
    this.#before = listed - this.#ids.size;
  }

  /** How many were added since the last time, and a hash of them in their order. */
  endPage(): { readonly listed: number; readonly ids: string } {
    const page = { listed: this.#listed, ids: this.#page.digest('base64url') };
    this.#page = createHash('sha256');
    this.#listed = 0;
    return page;
  }
}

/** A small number takes a tenth of the memory of a text. */
function compact(userId: string): string | number {
  return /^[1-9]\d{0,8}$/.test(userId) ? Number(userId) : userId;
}
