/** The value of an `Authorization` header for the user and the password of an address (RFC 7617). */
export function basicAuthorization({ username, password }: URL): string {
  const pair = Buffer.concat([decoded(username), Buffer.from(':'), decoded(password)]);
  return `Basic ${pair.toString('base64')}`;
}

/** A percent sign that encodes nothing stands for itself, as git reads it. */
function decoded(text: string): Buffer {
  const bytes = text.replaceAll(/%[0-9a-f]{2}/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
