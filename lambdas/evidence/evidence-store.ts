/** Where sealed evidence lives: written once, never again. */
export interface EvidenceStore {
  /**
   * Writes `body` under `key` unless something is there already; what is there first stays.
   * @returns the text that is stored now
   */
  seal(key: string, body: string): Promise<string>;
}
