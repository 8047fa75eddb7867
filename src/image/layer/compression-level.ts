/** Levels go from 0 to these; 0 is gzip's way to store and zstd's way to say its default. */
export const HIGHEST_LEVEL = { gzip: 9, zstd: 22 } as const;

/** A level as it is written; undefined for what is none of this algorithm. */
export function readCompressionLevel(type: keyof typeof HIGHEST_LEVEL, text: string): number | undefined {
  return /^\d{1,2}$/.test(text) && Number(text) <= HIGHEST_LEVEL[type] ? Number(text) : undefined;
}
