/**
 * What `make` comes to, kept from the first time that it comes to something. Whoever asks meanwhile shares the try; after a
 * failure the next one tries again.
 */
export function keptOnce<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | undefined;
  return () => {
    kept ??= make().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}
