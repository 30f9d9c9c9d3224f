/** Also the name of the event bus, and what the command line finds everything by. */
export const STACK_NAME = 'LastPassOffboarding';
