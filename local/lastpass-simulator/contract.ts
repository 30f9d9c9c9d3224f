/** What the simulator reads commands and codes as. Said here once more, and not taken from the code that it is held up to. */
export type Contract = 'lastpass' | 'guide';
