/** Can an image tell this time, in seconds since 1970? RFC 3339, in which times are written, has years of four digits. */
export function isToldTime(seconds: number): boolean {
  return seconds >= -62_167_219_200 && seconds <= 253_402_300_799;
}
