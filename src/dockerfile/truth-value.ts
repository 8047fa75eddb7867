/** The spellings that Go's strconv.ParseBool takes, in Dockerfiles and on the command line; undefined for what is none. */
export function readBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true;
  if (/^(?:0|f|F|false|FALSE|False)$/.test(text)) return false;
  return undefined;
}
