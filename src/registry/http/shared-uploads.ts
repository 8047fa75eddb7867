import type { Digest } from '../../image/digest.ts';
import type { Repository } from '../../image/types.ts';
import type { UploadOutcome } from '../registry.ts';
import type { Session } from './session.ts';
import { type Upload, uploadBlob } from './upload.ts';

interface Sent {
  readonly repository: Repository;
  /** Whether it arrived. */
  readonly done: Promise<boolean>;
}

/**
 * The blobs that one host was sent. The image and its cache are most often two repositories of one registry, or two tags of one repository: bytes that
 * are on the way are not sent again, but waited for, and mounted in the other repository once they have arrived.
 */
export class SharedUploads {
  readonly #sent = new Map<Digest, Sent>();
  #hostMounts = true;

  /** As uploadBlob. */
  async upload(session: Session, upload: Upload): Promise<UploadOutcome> {
    const { repository, descriptor } = upload;
    let sent = this.#sent.get(descriptor.digest);
    while (sent?.repository.path === repository.path) {
      const arrived = await sent.done;
      upload.signal?.throwIfAborted();
      if (arrived) return uploadBlob(session, { ...upload, isNew: false });
      // Of several that waited the next one sends it, and the others wait again.
      sent = this.#sent.get(descriptor.digest);
    }
    if (sent === undefined) return this.#first(session, upload);
    const { repository: holder, done } = sent;
    let offered = false;
    const outcome = await uploadBlob(session, {
      ...upload,
      holder: async () => {
        offered = this.#hostMounts && (await done);
        upload.signal?.throwIfAborted();
        return offered ? holder : undefined;
      },
    });
    if (!this.#sent.has(descriptor.digest))
      this.#sent.set(descriptor.digest, { repository, done: Promise.resolve(true) });
    // A host that does not mount what it has just been sent is not waited for again.
    if (offered && outcome === 'uploaded') this.#hostMounts = false;
    return outcome;
  }

  async #first(session: Session, upload: Upload): Promise<UploadOutcome> {
    const { repository, descriptor } = upload;
    const work = uploadBlob(session, upload);
    const done = work.then(
      () => true,
      () => {
        this.#sent.delete(descriptor.digest);
        return false;
      },
    );
    if (!this.#sent.has(descriptor.digest)) this.#sent.set(descriptor.digest, { repository, done });
    return work;
  }
}
