/** What stands before the host of a web address; a token may be there instead of a user. */
const WEB = /(https?:\/\/)[^\s/?#"']*@/gi;
/** Others have a user that says nothing secret, as in `ssh://git@host`. */
const OTHER = /((?:ssh|git):\/\/[^\s/:@"']*):[^\s/"']*@/gi;

/** A text for logs, history and cache records: the addresses in it without user and password. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(WEB, '$1').replaceAll(OTHER, '$1@');
}
