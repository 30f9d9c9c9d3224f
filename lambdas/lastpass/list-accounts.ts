import type { DirectoryCursor, DirectoryReading } from '../domain/directory-reading.ts';
import type { ContractName } from '../domain/effect.ts';
import { type AccountPage, fetchAccountPage } from './account-page.ts';
import { DirectoryReadUnfinishedError, LastPassUnavailableError, LastPassUnexpectedAnswerError } from './errors.ts';
import { SeenUsers } from './seen-users.ts';
import type { SendCommand } from './send-command.ts';
import type { Wanted } from './wanted-accounts.ts';

/** The most that LastPass gives whole, as others read its documentation (docs/lastpass-contract.md section a.1). */
const PAGE_SIZE = 2_000;

// A million people: more pages than that means that paging does not end.
const MAX_PAGES = 500;

/** What a process that is killed loses at most, for one write in some seconds. */
const KEPT_EVERY_PAGES = 10;

/** Filters of `getuserdata` (docs/lastpass-contract.md section a.1). */
interface AccountFilter {
  readonly admin?: 0 | 1;
  readonly disabled?: 0 | 1;
}

export interface ListingOptions {
  readonly wanted?: Wanted;
  /** Of a read that may go on in a later invocation: its name among those of the same step, and where it is kept. */
  readonly resumed?: { readonly name: string; readonly by: DirectoryReading } | undefined;
  /** Pages that must be read again by whoever goes on. */
  readonly pagesOfUse?: () => readonly number[];
}

/**
 * Everybody whom a filter lets through, page by page. A full page, or fewer users than LastPass's `total`, means that more may follow; both
 * readings of the two counters are in use by working clients. The guide knows neither pages
 * nor filters: one answer has everybody.
 * @throws LastPassUnexpectedAnswerError when pages repeat before everybody was seen, or nobody is listed though LastPass
 * counts some; DirectoryReadUnfinishedError when time is over, and it is kept how far the read has come.
 */
export async function* listAccounts(
  send: SendCommand,
  contract: ContractName,
  { filter = {}, ...options }: ListingOptions & { readonly filter?: AccountFilter } = {},
): AsyncGenerator<AccountPage> {
  if (contract === 'guide') yield await fetchAccountPage(send, {}, { wanted: options.wanted, isUnpaged: true });
  else yield* new PagedListing(send, filter, options).pages();
}

class PagedListing {
  readonly #send: SendCommand;
  readonly #filter: AccountFilter;
  readonly #options: ListingOptions;
  #seen = new SeenUsers();
  /** How far the pages go that were handed out. */
  #cursor: Omit<DirectoryCursor, 'pagesOfUse'> | undefined;
  #keptPages = 0;

  constructor(send: SendCommand, filter: AccountFilter, options: ListingOptions) {
    this.#send = send;
    this.#filter = filter;
    this.#options = options;
  }

  async *pages(): AsyncGenerator<AccountPage> {
    const begunAt = this.#options.resumed?.by.now().toISOString() ?? '';
    const former = await this.#former();
    if (former) yield* this.#again(former);
    const first = former?.nextPage ?? 0;
    for (let index = first; !this.#cursor?.isEnded; index += 1) {
      if (index >= MAX_PAGES) throw unexpected(`more than ${MAX_PAGES} pages, paging does not end`);
      if (index > first) await this.#pause();
      const seenBefore = this.#seen.size;
      const { page, listed, ids } = await this.#read(index);
      const total = page.total ?? Number.POSITIVE_INFINITY;
      if (index === 0 && listed === 0 && (page.total ?? 0) > 0) {
        throw unexpected('total says that there are users, and none is listed');
      }
      const isRepeated = listed > 0 && this.#seen.size === seenBefore;
      if (isRepeated && this.#seen.size < total) throw unexpected('pageindex has no effect, the same page came twice');
      if (!isRepeated) yield page;
      const mayHaveMore = !isRepeated && listed > 0 && (listed >= PAGE_SIZE || this.#seen.size < (page.total ?? 0));
      const lastPage = { ids, ...(page.total !== undefined && { total: page.total }) };
      this.#cursor = {
        ...{ begunAt: former?.begunAt ?? begunAt, nextPage: index + 1, listed: this.#seen.size, lastPage },
        isEnded: !mayHaveMore,
      };
    }
    // Only where it was worth keeping before: whoever tries the step again need not read everybody again.
    if (this.#keptPages > 0) await this.#keep();
  }

  /** Where an earlier invocation stopped, if the page before is still what it was: otherwise users may have moved to pages that were read. */
  async #former(): Promise<DirectoryCursor | undefined> {
    const { resumed } = this.#options;
    const cursor = await resumed?.by.find(resumed.name);
    if (!cursor) return undefined;
    const { page, ids } = await this.#read(cursor.nextPage - 1);
    if (ids !== cursor.lastPage.ids || page.total !== cursor.lastPage.total) {
      this.#seen = new SeenUsers();
      return undefined;
    }
    this.#seen.countBefore(cursor.listed);
    this.#cursor = cursor;
    this.#keptPages = cursor.nextPage;
    return cursor;
  }

  /** What was found before is looked at again rather than remembered. */
  async *#again({ pagesOfUse }: DirectoryCursor): AsyncGenerator<AccountPage> {
    for (const index of pagesOfUse) yield await this.#fetch(index, () => undefined);
  }

  async #pause(): Promise<void> {
    const { resumed } = this.#options;
    if (!resumed || !this.#cursor) return;
    const hasTime = resumed.by.hasTime();
    if (!hasTime || this.#cursor.nextPage >= this.#keptPages + KEPT_EVERY_PAGES) await this.#keep();
    if (!hasTime)
      throw new DirectoryReadUnfinishedError('getuserdata: not everybody is read yet; the next try goes on');
  }

  async #keep(): Promise<void> {
    const { resumed, pagesOfUse = () => [] } = this.#options;
    if (!resumed || !this.#cursor) return;
    await resumed.by.keep(resumed.name, { ...this.#cursor, pagesOfUse: [...new Set(pagesOfUse())] });
    this.#keptPages = this.#cursor.nextPage;
  }

  async #read(index: number) {
    try {
      const page = await this.#fetch(index, (userId) => this.#seen.add(userId));
      return { page, ...this.#seen.endPage() };
    } catch (error) {
      // What keeps LastPass from answering may pass, and then it need not be asked for these pages again.
      if (error instanceof LastPassUnavailableError) await this.#keep();
      throw error;
    }
  }

  #fetch(index: number, onListed: (userId: string) => void): Promise<AccountPage> {
    const data = { ...this.#filter, pagesize: PAGE_SIZE, pageindex: index };
    return fetchAccountPage(this.#send, data, { wanted: this.#options.wanted, onListed, index });
  }
}

function unexpected(what: string): LastPassUnexpectedAnswerError {
  return new LastPassUnexpectedAnswerError(`getuserdata: ${what}`);
}
