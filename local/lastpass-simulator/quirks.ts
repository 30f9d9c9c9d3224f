/**
 * Everything about LastPass that is odd, undocumented or changed over the years (docs/lastpass-contract.md sections a and
 * c; behind each switch its own). The defaults are LastPass as recorded, or the likeliest reading where nothing was recorded.
 */
export interface Quirks {
  /** How `getuserdata` says "nobody": an empty PHP array, an empty object, or an error text (c.3, c.4). */
  readonly unknownUser: 'empty list' | 'empty object' | 'error';
  /** Whether "nobody" still carries `total` and `count` (c.3). */
  readonly countsNobody: boolean;
  /** Whether the error text for "nobody" comes with a `status` (c.4). */
  readonly hasStatusOnUnknownUser: boolean;
  /** Users who never logged in have nulls instead of counters and scores (c.5). */
  readonly hasNullsForNeverLoggedIn: boolean;
  /** Users without groups have no `groups` key at all (c.6). */
  readonly omitsEmptyGroups: boolean;
  /** Spelling of the list of invited people (c.7). */
  readonly invitedKey: 'Invited' | 'invited';
  /** Flags of `getuserdata`: as recorded (booleans; 0 and 1 under the guide), or one of the other forms seen (a.1). */
  readonly userFlags: 'recorded' | 'number' | 'numeric text' | 'text';
  /** Flags of `getsfdata`: numbers in the documentation, other forms in clients (a.5). */
  readonly folderFlags: 'number' | 'boolean' | 'numeric text' | 'text';
  /** Fields that newer clients know: `linked`, `multifactor`, `legacytotalscore`, `hasSharingKeys` (a.1). */
  readonly hasNewerUserFields: boolean;
  /** Under the guide, users carry the fields of its data model that somebody set; its own sample of an answer shows none. */
  readonly showsProfile: boolean;
  /** Folders carry `deleted`, members `superadmin` and `group_name`; deleted folders are listed (a.5). */
  readonly hasNewerFolderFields: boolean;
  /** Largest page of `getuserdata`, also when more is asked for (c.8). */
  readonly maxPageSize: number;
  /** Every page is the first page (c.8, for clients that must not loop). */
  readonly ignoresPageIndex: boolean;
  /** `success` of disableuser and enableuser; the documentation spells it both ways elsewhere (a.0). */
  readonly successSpelling: 'success' | 'Success';
  /** Lists without entries are left out of the answer of disableuser (c.9). */
  readonly omitsEmptyLists: boolean;
  /** An unknown address is listed as unchanged, or reported as an error (c.11). */
  readonly disableOfUnknown: 'unchanged' | 'error';
  /** Literal `status` of a failed disableuser (a.2, c.12). */
  readonly disableFailureStatus: 'error' | 'FAIL';
  /** How addresses come back: as sent, as stored, or in lower case (c.26). */
  readonly echoesAddress: 'as sent' | 'as stored' | 'lower case';
  /** `deluser` 0 on a disabled user answers OK with an error text (c.14). */
  readonly hasErrorOnAlreadyDisabled: boolean;
  /** `deluser` 0 to 2 on somebody who is only invited (a.3). */
  readonly deleteOfInvited: 'no such user' | 'accept';
  /** `deluser` 3 on somebody who is enrolled (c.17). Accepting changes nothing. */
  readonly uninviteOfEnrolled: 'refuse' | 'accept';
  /** `deluser` without `deleteaction` (a.3). */
  readonly missingDeleteAction: 'refuse' | 'as 0';
  /** The last enabled admin cannot be disabled or deleted (c.25). */
  readonly protectsLastAdmin: boolean;
  /** Users managed by a directory cannot be disabled or deleted here (c.25). */
  readonly protectsDirectoryManaged: boolean;
  /** A reset mail for a user whom a directory manages is refused, as is likely: they have no password here (a.7). */
  readonly refusesResetOfDirectoryManaged: boolean;
  /** A group that nobody is in: made, or passed over without a word, as the guide warns. */
  readonly unknownGroup: 'created' | 'ignored';
  /** Addresses are compared with case (c.26). */
  readonly comparesCase: boolean;
  /** Error texts as recorded for each command, or all as text, as a list, or as a list under `errors` (a.0). */
  readonly errorForm: 'recorded' | 'text' | 'list' | 'errors';
  /** Events as a map `Event1` …, as a list, or as a list under `events` with an `ID`, all of it text (c.21). */
  readonly eventForm: 'recorded' | 'list' | 'events';
  /** The same where `format` is "siem", as the one client reads it that is known to ask so (a.6). */
  readonly siemForm: 'recorded' | 'list' | 'events';
  /** `Employee Account Deleted` or `Employee account deleted` (c.21). */
  readonly eventCasing: 'title' | 'sentence';
  /** Wall time of events (a.6). */
  readonly eventTimeZone: string;
  /** Events in one answer before `next` is given (a.6). */
  readonly eventsPerAnswer: number;
  /** `next` is microseconds as text or as a number (a.6). */
  readonly nextForm: 'text' | 'number';
  /** Reading over the API is an event too, "Initiated by API" (a.6). */
  readonly recordsReads: boolean;
  /** Calls in one second before the answer is a page with HTTP 429. LastPass's own number is unknown (c.22). */
  readonly throttlesAbovePerSecond: number;
}

export const RECORDED_QUIRKS: Quirks = {
  unknownUser: 'empty list',
  countsNobody: true,
  hasStatusOnUnknownUser: true,
  hasNullsForNeverLoggedIn: true,
  omitsEmptyGroups: true,
  invitedKey: 'Invited',
  userFlags: 'recorded',
  folderFlags: 'number',
  hasNewerUserFields: false,
  showsProfile: true,
  hasNewerFolderFields: false,
  maxPageSize: 2_000,
  ignoresPageIndex: false,
  successSpelling: 'success',
  omitsEmptyLists: true,
  disableOfUnknown: 'unchanged',
  disableFailureStatus: 'error',
  echoesAddress: 'as sent',
  hasErrorOnAlreadyDisabled: true,
  deleteOfInvited: 'no such user',
  uninviteOfEnrolled: 'refuse',
  missingDeleteAction: 'refuse',
  protectsLastAdmin: false,
  protectsDirectoryManaged: false,
  refusesResetOfDirectoryManaged: true,
  unknownGroup: 'created',
  comparesCase: false,
  errorForm: 'recorded',
  eventForm: 'recorded',
  siemForm: 'events',
  eventCasing: 'title',
  eventTimeZone: 'America/New_York',
  eventsPerAnswer: 10_000,
  nextForm: 'text',
  recordsReads: true,
  throttlesAbovePerSecond: Number.POSITIVE_INFINITY,
};
